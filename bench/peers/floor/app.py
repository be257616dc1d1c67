"""A bare WSGI callable on granian. The bearer token is the account's number itself: there is nothing to check.

Statements are prepared once for each thread's connection and run through libpq; the bytes that the database built are
the answer.
"""

import json
import os
import threading
from collections.abc import Callable, Iterable
from typing import Any

import psycopg

from bench.peers import words

ROW = """
    'id', a.id, 'company', a.company_id, 'company_name', c.name, 'job_title', a.job_title, 'status', a.status,
    'priority', a.priority, 'work_type', a.work_type, 'location', a.location, 'source', a.source,
    'applied_date', a.applied_date, 'days_since_applied', CURRENT_DATE - a.applied_date, 'updated_at', a.updated_at
"""
DETAIL = """json_build_object(
    'id', a.id, 'company', a.company_id, 'company_name', c.name,
    'company_details', json_build_object('id', c.id, 'name', c.name, 'industry', c.industry, 'location', c.location,
        'application_count', (SELECT count(*) FROM applications_application o WHERE o.company_id = c.id) + {more}),
    'job_title', a.job_title, 'job_url', a.job_url, 'job_description', a.job_description, 'status', a.status,
    'priority', a.priority, 'work_type', a.work_type, 'location', a.location, 'salary_min', a.salary_min,
    'salary_max', a.salary_max, 'source', a.source, 'referrer_name', a.referrer_name, 'cover_letter', a.cover_letter,
    'resume_version', a.resume_id, 'applied_date', a.applied_date, 'response_date', a.response_date,
    'next_action', a.next_action, 'next_action_date', a.next_action_date,
    'days_since_applied', CURRENT_DATE - a.applied_date, 'has_response', a.response_date IS NOT NULL,
    'notes_count', (SELECT count(*) FROM applications_note n WHERE n.application_id = a.id),
    'interviews_count', (SELECT count(*) FROM interviews_interview i WHERE i.application_id = a.id),
    'notes', (SELECT coalesce(json_agg(json_build_object('id', n.id, 'content', n.content, 'note_type', n.note_type,
        'created_at', n.created_at, 'updated_at', n.updated_at) ORDER BY n.created_at DESC), '[]')
        FROM applications_note n WHERE n.application_id = a.id),
    'created_at', a.created_at, 'updated_at', a.updated_at
)"""


def _word(column: str, known: dict[str, str]) -> str:
    cases = " ".join(f"WHEN '{value}' THEN '{word}'" for value, word in known.items())
    return f"CASE {column} {cases} END"


def _text(*columns: str) -> str:
    return ", ".join(f"'{column.split('.')[1]}', nullif({column}, '')" for column in columns)


OFFERED = f"""json_build_object(
    'id', a.uid, 'user_id', u.uid, 'company_name', c.name, 'role_title', a.job_title, 'url', nullif(a.job_url, ''),
    'description', nullif(a.job_description, ''), 'location', nullif(a.location, ''),
    'job_type', {_word("a.job_type", words.JOB_TYPE)}, 'work_mode', {_word("a.work_type", words.WORK_MODE)},
    'salary_min', a.salary_min, 'salary_max', a.salary_max, 'salary_currency', a.salary_currency,
    'applied_source', {_word("a.source", words.SOURCE)}, 'applied_date', a.applied_date,
    'follow_up_date', a.next_action_date, 'priority', {_word("a.priority", words.PRIORITY)},
    'notes', (SELECT n.content FROM applications_note n WHERE n.application_id = a.id AND n.is_main),
    'status', {_word("a.status", words.STATUS)}, 'resume_version_id', r.uid,
    'created_at', a.created_at, 'updated_at', a.updated_at,
    'stages', (SELECT coalesce(json_agg(json_build_object('id', i.uid, 'application_id', a.uid,
        'stage_name', coalesce(nullif(i.name, ''), {_word("i.interview_type", words.STAGE_TYPE)}, 'Interview'),
        'stage_type', {_word("i.interview_type", words.STAGE_TYPE)}, 'stage_date', i.day,
        'result', CASE WHEN i.status = 'cancelled' THEN 'Cancelled' ELSE {_word("i.outcome", words.RESULT)} END,
        'duration_minutes', i.duration_minutes, {_text("i.interviewer_names")},
        'prep_notes', nullif(i.preparation_notes, ''), 'questions_asked', i.questions,
        'notes', nullif(i.post_interview_notes, ''), 'created_at', i.created_at, 'updated_at', i.updated_at)
        ORDER BY i.day, i.scheduled_at, i.created_at, i.id), '[]')
        FROM interviews_interview i WHERE i.application_id = a.id),
    'outcome', CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.uid, 'application_id', a.uid,
        'status', {_word("o.status", words.OUTCOME)}, 'salary', o.salary, 'salary_currency', o.salary_currency,
        {_text("o.bonus", "o.equity", "o.benefits")}, 'start_date', o.start_date, 'deadline', o.deadline,
        {_text("o.negotiation_notes", "o.notes")}, 'created_at', o.created_at, 'updated_at', o.updated_at) END,
    'reflection', CASE WHEN f.id IS NOT NULL THEN json_build_object('id', f.uid, 'application_id', a.uid,
        {_text("f.what_worked", "f.what_failed")}, 'skill_gaps', f.skill_gaps, {_text("f.improvement_plan")},
        'created_at', f.created_at, 'updated_at', f.updated_at) END
)"""
STATEMENTS = {
    "list": f"""
        WITH counted AS (SELECT count(*) AS number FROM applications_application WHERE owner_id = $1)
        SELECT json_build_object(
            'count', (SELECT number FROM counted),
            'next', (SELECT $2::text || '/api/v1/applications/?page=2' FROM counted WHERE number > 20),
            'previous', NULL,
            'results', (SELECT coalesce(json_agg(json_build_object({ROW})), '[]') FROM (
                SELECT * FROM applications_application WHERE owner_id = $1 ORDER BY updated_at DESC, id DESC LIMIT 20
            ) a JOIN companies_company c ON c.id = a.company_id))
    """,
    "detail": f"""
        SELECT {DETAIL.format(more="0")} FROM applications_application a JOIN companies_company c ON c.id = a.company_id
        WHERE a.owner_id = $1 AND a.id = $2
    """,
    "nested": f"""
        SELECT coalesce(json_agg(json_build_object({ROW},
            'notes', (SELECT coalesce(json_agg(json_build_object('id', n.id, 'content', n.content,
                'note_type', n.note_type, 'created_at', n.created_at, 'updated_at', n.updated_at)
                ORDER BY n.created_at DESC), '[]') FROM applications_note n WHERE n.application_id = a.id),
            'interviews', (SELECT coalesce(json_agg(json_build_object('id', i.id, 'round_number', i.round_number,
                'interview_type', i.interview_type, 'scheduled_at', i.scheduled_at,
                'duration_minutes', i.duration_minutes, 'status', i.status, 'outcome', i.outcome)
                ORDER BY i.scheduled_at), '[]') FROM interviews_interview i WHERE i.application_id = a.id)
            )), '[]')
        FROM (SELECT * FROM applications_application WHERE owner_id = $1 ORDER BY updated_at DESC, id DESC LIMIT 100) a
        JOIN companies_company c ON c.id = a.company_id
    """,
    "offers": f"""
        SELECT coalesce(json_agg({OFFERED} ORDER BY a.created_at DESC, a.id DESC), '[]')
        FROM (SELECT * FROM applications_application WHERE owner_id = $1 ORDER BY created_at DESC, id DESC LIMIT 100) a
        JOIN companies_company c ON c.id = a.company_id
        JOIN accounts_user u ON u.id = a.owner_id
        LEFT JOIN resumes_resume r ON r.id = a.resume_id
        LEFT JOIN applications_outcome o ON o.application_id = a.id
        LEFT JOIN applications_reflection f ON f.application_id = a.id
    """,
    # The counts of the answer are those before the statement, in which the new row is not to be seen yet: hence + 1.
    "create": f"""
        WITH a AS (
            INSERT INTO applications_application (uid, owner_id, company_id, job_title, job_url, job_description, status,
                priority, work_type, job_type, location, salary_min, salary_max, salary_currency, source, referrer_name, cover_letter, resume_id,
                applied_date, response_date, next_action, next_action_date, created_at, updated_at)
            SELECT gen_random_uuid(), $1, c.id, b.job_title, b.job_url, b.job_description, b.status, b.priority,
                b.work_type, '', b.location, b.salary_min, b.salary_max, 'USD', b.source, b.referrer_name, b.cover_letter,
                b.resume_version, b.applied_date, b.response_date, b.next_action, b.next_action_date, now(), now()
            FROM json_to_record($2::json) AS b(company bigint, job_title text, job_url text, job_description text,
                status text, priority text, work_type text, location text, salary_min int, salary_max int, source text,
                referrer_name text, cover_letter text, resume_version bigint, applied_date date, response_date date,
                next_action text, next_action_date date)
            JOIN companies_company c ON c.id = b.company AND c.owner_id = $1
            RETURNING *)
        SELECT {DETAIL.format(more="1")} FROM a JOIN companies_company c ON c.id = a.company_id
    """,
    "dashboard": """
        SELECT json_build_object(
            'total_applications', coalesce(sum(number), 0),
            'active_applications',
                coalesce(sum(number) FILTER (WHERE status IN ('applied', 'screening', 'interviewing', 'offer')), 0),
            'offers_received', coalesce(sum(number) FILTER (WHERE status IN ('offer', 'accepted')), 0),
            'interviews_scheduled', (SELECT count(*) FROM interviews_interview
                WHERE owner_id = $1 AND status = 'scheduled' AND scheduled_at > now()),
            'response_rate', coalesce(round(100.0 * sum(answered) FILTER (WHERE status <> 'wishlist')
                / nullif(sum(number) FILTER (WHERE status <> 'wishlist'), 0), 1), 0),
            'avg_response_days', round(1.0 * sum(days) FILTER (WHERE status <> 'wishlist')
                / nullif(sum(waits) FILTER (WHERE status <> 'wishlist'), 0), 1),
            'status_breakdown', coalesce(json_object_agg(status, number), '{}'))
        FROM (SELECT status, count(*) AS number, count(response_date) AS answered,
            sum(response_date - applied_date) AS days, count(response_date - applied_date) AS waits
            FROM applications_application WHERE owner_id = $1 GROUP BY status) AS s
    """,
}

_local = threading.local()


def _connection() -> Any:
    """Give this thread's connection, with all statements prepared."""
    try:
        return _local.libpq
    except AttributeError:
        _local.connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, options="-c timezone=UTC")
        _local.libpq = _local.connection.pgconn
        for name, statement in STATEMENTS.items():
            _local.libpq.prepare(name.encode(), statement.encode())
        return _local.libpq


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request with the bytes that the database made."""
    path: str = environ["PATH_INFO"]
    owner: bytes = environ["HTTP_AUTHORIZATION"][7:].encode()
    status = "200 OK"
    if path == "/api/v1/applications/":
        if environ["REQUEST_METHOD"] == "POST":
            name, status = b"create", "201 Created"
            given = {"job_url": "", "referrer_name": "", "next_action": "", **json.loads(environ["wsgi.input"].read())}
            values = [owner, json.dumps(given).encode()]
        else:
            name, values = b"list", [owner, b"http://" + environ["HTTP_HOST"].encode()]
    elif path == "/api/v1/bench/nested/":
        name, values = b"nested", [owner]
    elif path == "/offers/api/v1/applications/":
        name, values = b"offers", [owner]
    elif path == "/api/v1/analytics/dashboard/":
        name, values = b"dashboard", [owner]
    else:
        name, values = b"detail", [owner, path[21:].rstrip("/").encode()]
    result = _connection().exec_prepared(name, values)
    body = result.get_value(0, 0) if result.ntuples else None
    if body is None:
        start_response("404 Not Found", [("Content-Type", "text/plain"), ("Content-Length", "0")])
        return [b""]
    start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]

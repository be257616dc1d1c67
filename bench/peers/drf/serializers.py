"""Serializers: one for lists, one for everything else, one that nests."""

from datetime import timedelta

from django.utils import timezone
from rest_framework import serializers

from bench.peers import words
from bench.peers.drf.models import (
    Application,
    Chat,
    Company,
    Entry,
    Interview,
    Lead,
    Message,
    Note,
    Outcome,
    Reflection,
    User,
)


class CompanySerializer(serializers.ModelSerializer):
    application_count = serializers.ReadOnlyField()

    class Meta:
        model = Company
        fields = ["id", "name", "industry", "location", "application_count"]


class NoteSerializer(serializers.ModelSerializer):
    class Meta:
        model = Note
        fields = ["id", "content", "note_type", "created_at", "updated_at"]


class InterviewSerializer(serializers.ModelSerializer):
    class Meta:
        model = Interview
        fields = ["id", "round_number", "interview_type", "scheduled_at", "duration_minutes", "status", "outcome"]


class ApplicationListSerializer(serializers.ModelSerializer):
    company_name = serializers.CharField(source="company.name", read_only=True)
    days_since_applied = serializers.ReadOnlyField()

    class Meta:
        model = Application
        fields = [
            "id",
            "company",
            "company_name",
            "job_title",
            "status",
            "priority",
            "work_type",
            "location",
            "source",
            "applied_date",
            "days_since_applied",
            "updated_at",
        ]


class ApplicationNestedSerializer(ApplicationListSerializer):
    notes = NoteSerializer(many=True, read_only=True)
    interviews = InterviewSerializer(many=True, read_only=True)

    class Meta(ApplicationListSerializer.Meta):
        fields = [*ApplicationListSerializer.Meta.fields, "notes", "interviews"]


class ApplicationSerializer(serializers.ModelSerializer):
    company_name = serializers.CharField(source="company.name", read_only=True)
    company_details = CompanySerializer(source="company", read_only=True)
    days_since_applied = serializers.ReadOnlyField()
    has_response = serializers.ReadOnlyField()
    notes_count = serializers.SerializerMethodField()
    interviews_count = serializers.SerializerMethodField()
    notes = NoteSerializer(many=True, read_only=True)

    class Meta:
        model = Application
        fields = [
            "id",
            "company",
            "company_name",
            "company_details",
            "job_title",
            "job_url",
            "job_description",
            "status",
            "priority",
            "work_type",
            "location",
            "salary_min",
            "salary_max",
            "source",
            "referrer_name",
            "cover_letter",
            "resume_version",
            "applied_date",
            "response_date",
            "next_action",
            "next_action_date",
            "days_since_applied",
            "has_response",
            "notes_count",
            "interviews_count",
            "notes",
            "created_at",
            "updated_at",
        ]

    def get_notes_count(self, application):
        return application.notes.count()

    def get_interviews_count(self, application):
        return application.interviews.count()

    def validate_company(self, company):
        if company.owner_id != self.context["request"].user.id:
            raise serializers.ValidationError("Company not found.")
        return company

    def validate_resume_version(self, resume):
        if resume and resume.owner_id != self.context["request"].user.id:
            raise serializers.ValidationError("Resume not found.")
        return resume

    def validate(self, data):
        if data.get("salary_min") and data.get("salary_max") and data["salary_min"] > data["salary_max"]:
            raise serializers.ValidationError("The salary range is the wrong way round.")
        return data


class Word(serializers.Field):
    """A stored word in the words of the offers document."""

    def __init__(self, words, **kwargs):
        self.words = words
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value):
        return self.words.get(value)


class Text(serializers.CharField):
    """A text; an empty one is null."""

    def to_representation(self, value):
        return value or None


class StageSerializer(serializers.ModelSerializer):
    id = serializers.UUIDField(source="uid")
    stage_name = serializers.SerializerMethodField()
    stage_type = Word(words.STAGE_TYPE, source="interview_type")
    stage_date = serializers.DateField(source="day")
    result = serializers.SerializerMethodField()
    interviewer_names = Text()
    prep_notes = Text(source="preparation_notes")
    questions_asked = serializers.JSONField(source="questions")
    notes = Text(source="post_interview_notes")

    class Meta:
        model = Interview
        fields = [
            "id",
            "stage_name",
            "stage_type",
            "stage_date",
            "result",
            "duration_minutes",
            "interviewer_names",
            "prep_notes",
            "questions_asked",
            "notes",
            "created_at",
            "updated_at",
        ]

    def get_stage_name(self, stage):
        return stage.name or words.STAGE_TYPE.get(stage.interview_type, "Interview")

    def get_result(self, stage):
        return "Cancelled" if stage.status == "cancelled" else words.RESULT[stage.outcome]


class OutcomeSerializer(serializers.ModelSerializer):
    id = serializers.UUIDField(source="uid")
    status = Word(words.OUTCOME)
    bonus = Text()
    equity = Text()
    benefits = Text()
    negotiation_notes = Text()
    notes = Text()

    class Meta:
        model = Outcome
        fields = [
            "id",
            "status",
            "salary",
            "salary_currency",
            "bonus",
            "equity",
            "benefits",
            "start_date",
            "deadline",
            "negotiation_notes",
            "notes",
            "created_at",
            "updated_at",
        ]


class ReflectionSerializer(serializers.ModelSerializer):
    id = serializers.UUIDField(source="uid")
    what_worked = Text()
    what_failed = Text()
    improvement_plan = Text()

    class Meta:
        model = Reflection
        fields = ["id", "what_worked", "what_failed", "skill_gaps", "improvement_plan", "created_at", "updated_at"]


class OfferedApplicationSerializer(serializers.ModelSerializer):
    id = serializers.UUIDField(source="uid")
    user_id = serializers.UUIDField(source="owner.uid")
    company_name = serializers.CharField(source="company.name")
    role_title = serializers.CharField(source="job_title")
    url = Text(source="job_url")
    description = Text(source="job_description")
    location = Text()
    job_type = Word(words.JOB_TYPE)
    work_mode = Word(words.WORK_MODE, source="work_type")
    applied_source = Word(words.SOURCE, source="source")
    follow_up_date = serializers.DateField(source="next_action_date")
    priority = Word(words.PRIORITY)
    notes = serializers.SerializerMethodField()
    status = Word(words.STATUS)
    resume_version_id = serializers.SerializerMethodField()
    stages = serializers.SerializerMethodField()
    outcome = serializers.SerializerMethodField()
    reflection = serializers.SerializerMethodField()

    class Meta:
        model = Application
        fields = [
            "id",
            "user_id",
            "company_name",
            "role_title",
            "url",
            "description",
            "location",
            "job_type",
            "work_mode",
            "salary_min",
            "salary_max",
            "salary_currency",
            "applied_source",
            "applied_date",
            "follow_up_date",
            "priority",
            "notes",
            "status",
            "resume_version_id",
            "created_at",
            "updated_at",
            "stages",
            "outcome",
            "reflection",
        ]

    def get_notes(self, application):
        return next((note.content for note in application.notes.all() if note.is_main), None)

    def get_resume_version_id(self, application):
        return application.resume_version.uid if application.resume_version else None

    def get_stages(self, application):
        stages = StageSerializer(application.interviews.all(), many=True).data
        return [self._with_application(application, stage) for stage in stages]

    def _with_application(self, application, shown):
        return {"application_id": str(application.uid), **shown}

    def get_outcome(self, application):
        outcome = getattr(application, "outcome", None)
        return self._with_application(application, OutcomeSerializer(outcome).data) if outcome else None

    def get_reflection(self, application):
        reflection = getattr(application, "reflection", None)
        return self._with_application(application, ReflectionSerializer(reflection).data) if reflection else None


class LeadListSerializer(serializers.ModelSerializer):
    title = serializers.CharField(source="posting.title")
    company = serializers.SerializerMethodField()
    company_id = serializers.IntegerField(source="posting.employer_id")
    location = serializers.CharField(source="posting.location")
    internship_type = serializers.CharField(source="posting.internship_type")
    source = serializers.SerializerMethodField()
    url = serializers.CharField(source="posting.url")
    posted_date = serializers.DateField(source="posting.posted_on")
    first_seen = serializers.DateTimeField(source="posting.first_seen_at")
    last_seen = serializers.DateTimeField(source="posting.last_seen_at")
    state = serializers.CharField(source="posting.state")
    score = serializers.IntegerField(source="posting.score")
    next_followup = serializers.SerializerMethodField()
    stale = serializers.SerializerMethodField()

    class Meta:
        model = Lead
        fields = [
            "id",
            "title",
            "company",
            "company_id",
            "location",
            "internship_type",
            "source",
            "status",
            "assigned_to",
            "url",
            "posted_date",
            "first_seen",
            "last_seen",
            "state",
            "score",
            "next_followup",
            "stale",
            "metadata",
            "created_at",
        ]

    def get_company(self, lead):
        employer = lead.posting.employer
        return {"id": employer and employer.id, "name": employer.name if employer else lead.posting.company_name}

    def get_source(self, lead):
        seen = sorted(lead.posting.sightings.all(), key=lambda sighting: not sighting.is_telling)
        return seen[0].source.name if seen else "manual"

    def get_next_followup(self, lead):
        return next((followup.due_date for followup in lead.followups.all() if followup.completed_at is None), None)

    def get_stale(self, lead):
        is_open = lead.status not in ("converted", "declined", "dormant")
        untouched = lead.touched_at < timezone.now() - timedelta(days=14)
        return is_open and untouched and self.get_next_followup(lead) is None


class PersonSerializer(serializers.ModelSerializer):
    display_name = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ["id", "username", "display_name"]

    def get_display_name(self, user):
        return user.username if user.display_name is None else user.display_name


class MessageSerializer(serializers.ModelSerializer):
    sender = PersonSerializer(read_only=True)
    reactions = serializers.SerializerMethodField()
    is_deleted = serializers.SerializerMethodField()

    class Meta:
        model = Message
        fields = [
            "id",
            "chat_id",
            "sender_id",
            "sender",
            "content",
            "reply_to_id",
            "reactions",
            "created_at",
            "edited_at",
            "is_deleted",
        ]
        read_only_fields = ["reply_to_id", "created_at", "edited_at"]

    def get_reactions(self, message):
        found = {}
        for reaction in message.reactions.order_by("id"):
            found.setdefault(reaction.emoji, []).append(reaction.user_id)
        return [{"emoji": emoji, "count": len(ids), "user_ids": ids} for emoji, ids in found.items()]

    def get_is_deleted(self, message):
        return message.content == ""


class ChatSerializer(serializers.ModelSerializer):
    participants = serializers.SerializerMethodField()
    members = serializers.SerializerMethodField()
    archived = serializers.SerializerMethodField()
    last_message = serializers.SerializerMethodField()
    unread_count = serializers.SerializerMethodField()

    class Meta:
        model = Chat
        fields = [
            "id",
            "participants",
            "members",
            "title",
            "created_by_id",
            "created_at",
            "archived",
            "unread_count",
            "last_message",
            "last_update_id",
        ]

    def mine(self, chat):
        user_id = self.context["request"].user.id
        return next(one for one in chat.participants.all() if one.user_id == user_id)

    def get_participants(self, chat):
        return [one.user_id for one in chat.participants.all()]

    def get_members(self, chat):
        return PersonSerializer([one.user for one in chat.participants.all()], many=True).data

    def get_archived(self, chat):
        return self.mine(chat).archived_at is not None

    def get_last_message(self, chat):
        last = chat.messages.filter(removed_at=None).select_related("sender").order_by("-id").first()
        return MessageSerializer(last).data if last else None

    def get_unread_count(self, chat):
        mine = self.mine(chat)
        return chat.messages.filter(removed_at=None, id__gt=mine.read_id).exclude(sender_id=mine.user_id).count()


class PostSerializer(serializers.ModelSerializer):
    thread_id = serializers.IntegerField(source="parent_id", read_only=True)
    author = PersonSerializer(read_only=True)
    like_count = serializers.IntegerField(read_only=True)
    liked = serializers.BooleanField(read_only=True)
    is_deleted = serializers.SerializerMethodField()

    class Meta:
        model = Entry
        fields = [
            "id",
            "content",
            "content_html",
            "thread_id",
            "author_id",
            "author",
            "reply_to_id",
            "like_count",
            "liked",
            "is_deleted",
            "created_at",
            "updated_at",
            "edited_at",
        ]

    def get_is_deleted(self, post):
        return post.author_id is None and post.content == ""

"""Language models for tests: servers on this machine that speak the protocols of OpenAI and Anthropic."""

import json
import socket
import struct
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.serving import stop

LETTER = (
    "Dear Hiring Team,\n\n"
    "At Northwind I kept a Python service for invoices running for four years and moved it to PostgreSQL, which made "
    "the nightly run three times as fast. Your posting asks for somebody who looks after such services, and that is "
    "the work that I like best.\n\nI would be glad to tell you more.\n\nAda Ahmed"
)
MATCH = {
    "match_score": 72,
    "matching_skills": ["Python", "PostgreSQL"],
    "missing_skills": ["Kubernetes"],
    "recommendations": ["Run a small cluster at home."],
    "summary": "A good match.",
    "parts": {"qualifications": 70, "responsibilities": 75, "keywords": 66, "title": 80},
}
QUESTIONS = "\n".join(f"{number}. What about the {number}th thing?" for number in range(1, 11))


def text_for(system):
    """Answer as a well-behaved model does."""
    if "JSON object" in system:
        return json.dumps(MATCH)
    return QUESTIONS if "interview" in system else LETTER


class Model:
    """One server. `script` says how it behaves, call by call; the last entry goes on for good.

    An entry is ``"well"``, a text to answer with, a number (a status), or a function of the request handler.
    """

    def __init__(self):
        self.script = ["well"]
        self.asked = []
        self.heads = []
        self.usage = (120, 30)
        self.retry_after = None
        self._lock = threading.Lock()
        model = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args):
                pass

            def do_GET(self):
                self.do_POST()

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                with model._lock:
                    act = model.script.pop(0) if len(model.script) > 1 else model.script[0]
                    model.asked.append(json.loads(body) if body else {})
                    model.heads.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                try:
                    model.act(self, act)
                except OSError:
                    self.close_connection = True

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, request, client_address):
                pass

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    @property
    def calls(self):
        return len(self.asked)

    def act(self, handler, act):
        if callable(act):
            act(handler)
        elif isinstance(act, int):
            self.refuse(handler, act)
        else:
            self.say(handler, text_for(self.system(self.asked[-1])) if act == "well" else act)

    def say(self, handler, text):
        anthropic = handler.path.endswith("/messages")
        send(handler, 200, json.dumps(self.anthropic(text) if anthropic else self.openai(text)).encode())

    def refuse(self, handler, status):
        key = handler.headers.get("Authorization") or handler.headers.get("x-api-key")
        body = json.dumps({"error": {"message": f"no, {key}", "type": "error"}}).encode()
        extra = {"Retry-After": self.retry_after} if self.retry_after is not None else {}
        send(handler, status, body, **extra)

    def openai(self, text, finish="stop"):
        answer = {
            "id": "1",
            "object": "chat.completion",
            "created": 1,
            "model": "m",
            "choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}],
        }
        if self.usage:
            answer["usage"] = {
                "prompt_tokens": self.usage[0],
                "completion_tokens": self.usage[1],
                "total_tokens": sum(self.usage),
            }
        return answer

    def anthropic(self, text, stop="end_turn"):
        answer = {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": "m",
            "content": [{"type": "text", "text": text}],
            "stop_reason": stop,
        }
        if self.usage:
            answer["usage"] = {"input_tokens": self.usage[0], "output_tokens": self.usage[1]}
        return answer

    @staticmethod
    def system(asked):
        return asked.get("system") or asked["messages"][0]["content"]

    def close(self):
        stop(self._server)
        self._thread.join(5)


def send(handler, status, body, **headers):
    handler.send_response(status)
    for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def hang(handler):
    """Say nothing until the client has gone."""
    handler.connection.settimeout(240)
    handler.connection.recv(1)
    handler.close_connection = True


def drip(handler):
    """Send the answer a byte at a time, for as long as anybody is there."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    while True:
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def drip_headers(handler):
    """Never come to the end of the headers."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        handler.wfile.write(b"X: 1\r\n")
        handler.wfile.flush()
        time.sleep(0.05)


def flood(handler):
    """Send more than anybody wants to read."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(64 * 1024 * 1024))
    handler.end_headers()
    for _ in range(64):
        handler.wfile.write(b" " * 1024 * 1024)


def cut(handler):
    """Hang up in the middle of the answer."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')
    handler.wfile.flush()
    reset(handler)


def reset(handler):
    """Hang up without a word."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def raw(body, **headers):
    """Answer 200 with these bytes."""
    return lambda handler: send(handler, 200, body, **headers)


def redirect(location):
    """Point to another place."""
    return lambda handler: send(handler, 307, b"{}", Location=location)

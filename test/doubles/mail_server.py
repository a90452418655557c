"""A mail server (aiosmtpd) on a free port of 127.0.0.1, for as long as its standard input is open.

usage: mail_server.py plain|starttls|tls [CERTIFICATE KEY [USER PASSWORD]]
Prints {"port": N}, then a line of JSON for each message that it takes. With a user it takes nothing without a login.
"""

import asyncio
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

mode, *rest = sys.argv[1:]
context = None
if mode != "plain":
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(rest[0], rest[1])
login = rest[2:4] if mode != "plain" else rest[0:2]


def say(value):
    print(json.dumps(value), flush=True)


class Handler:
    async def handle_DATA(self, server, session, envelope):
        say({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": session.ssl is not None or mode == "tls",
            "user": session.auth_data,
            "text": envelope.content.decode(),
        })
        return "250 taken"


def authenticate(server, session, envelope, mechanism, data):
    given = [data.login.decode(), data.password.decode()]
    return AuthResult(success=given == login, auth_data=given[0] if given == login else None, handled=False)


def factory():
    return SMTP(
        Handler(),
        hostname="mail.test",
        tls_context=context if mode == "starttls" else None,
        require_starttls=mode == "starttls",
        authenticator=authenticate if login else None,
        auth_required=bool(login),
        auth_require_tls=mode == "starttls",
    )


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(factory, "127.0.0.1", 0, ssl=context if mode == "tls" else None)
    say({"port": server.sockets[0].getsockname()[1]})
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())

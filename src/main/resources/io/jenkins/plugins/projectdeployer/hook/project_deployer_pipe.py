# -*- coding: utf-8 -*-
"""A hook's clients, on the worker's side of the pipe.

The worker names a client, a method and a path; the controller knows the address and the key, and they stay there.
"""
import binascii
import sys

PIECE = 192 * 1024
INLINE = 128 * 1024
API_ROOT = '/dip/publicapi'
PY2 = sys.version_info[0] == 2

if PY2:
    text_type = unicode  # noqa: F821 (Python 2 name)
else:
    text_type = str


def client(channel, name):
    """Dataiku's own client where this interpreter has it, else the bundled one."""
    pipe = Pipe(channel, name)
    if not PY2:
        import importlib.util
        if importlib.util.find_spec('dataikuapi') is not None:
            return dataiku_client(pipe, name)
    import project_deployer_client
    return project_deployer_client.DSSClient(pipe, name)


class PipeError(IOError):
    """No answer came. kind is timeout, connect, ssl or refused."""

    def __init__(self, kind, message):
        super(PipeError, self).__init__(u'%s: %s' % (kind, message))
        self.kind = kind
        self.reason = message


def encode(data):
    return binascii.b2a_base64(data).decode('ascii').rstrip('\n')


def pieces(body):
    """Any kind of body, piece by piece."""
    if hasattr(body, 'read'):
        piece = body.read(PIECE)
        while piece:
            yield piece if isinstance(piece, bytes) else piece.encode('utf-8')
            piece = body.read(PIECE)
    elif isinstance(body, bytes):
        for at in range(0, len(body), PIECE):
            yield body[at:at + PIECE]
    else:
        for part in body:
            part = part if isinstance(part, bytes) else part.encode('utf-8')
            for at in range(0, len(part), PIECE):
                yield part[at:at + PIECE]


class Pipe(object):
    """Sends requests; bodies of any size travel in pieces and are never held whole."""

    def __init__(self, channel, name):
        self.channel = channel
        self.name = name

    def ask(self, question):
        answer = self.channel.ask(question)
        if 'error' in answer:
            raise PipeError(answer['error'], answer['message'])
        return answer

    def send(self, method, path, headers=None, body=None, length=-1):
        question = {'op': 'http', 'client': self.name, 'method': method, 'path': path, 'headers': headers or {}}
        if isinstance(body, text_type):
            body = body.encode('utf-8')
        if isinstance(body, bytes):
            length = len(body)
        if body is None:
            return Answer(self, self.ask(question))
        if isinstance(body, bytes) and length <= INLINE:
            question['d'] = encode(body)
            return Answer(self, self.ask(question))
        question['upload'] = True
        question['length'] = length
        upload = self.ask(question)['id']
        for piece in pieces(body):
            if 'stop' in self.ask({'op': 'write', 'id': upload, 'd': encode(piece)}):
                break  # the answer is there already: an error, most likely
        return Answer(self, self.ask({'op': 'end', 'id': upload}))


class Answer(object):
    """Status, headers and a body that is fetched as it is read."""

    def __init__(self, pipe, first):
        self.pipe = pipe
        self.id = first['id']
        self.status = first['status']
        self.headers = first['headers']
        self.ended = False
        self.held = b''
        self.take(first)

    def take(self, answer):
        if 'd' in answer:
            self.held += binascii.a2b_base64(answer['d'])
        if answer.get('eof'):
            self.ended = True

    def read(self, count=-1):
        if count is None or count < 0:
            parts = []
            while True:
                part = self.read(PIECE)
                if not part:
                    return b''.join(parts)
                parts.append(part)
        while not self.held and not self.ended:
            self.take(self.pipe.ask({'op': 'read', 'id': self.id, 'n': PIECE}))
        part, self.held = self.held[:count], self.held[count:]
        return part

    def stream(self, count=PIECE, decode_content=None):
        part = self.read(count)
        while part:
            yield part
            part = self.read(count)

    def close(self):
        if not self.ended:
            self.ended = True
            self.held = b''
            self.pipe.ask({'op': 'close', 'id': self.id})

    release_conn = close


def dataiku_client(pipe, name):
    """The real client, unpatched: its session sends through the pipe and can reach nothing else."""
    import dataikuapi
    import requests
    from requests.adapters import BaseAdapter
    from requests.structures import CaseInsensitiveDict
    from requests.utils import get_encoding_from_headers

    errors = {'timeout': requests.exceptions.ReadTimeout, 'ssl': requests.exceptions.SSLError,
              'refused': requests.exceptions.InvalidURL}

    class PipeAdapter(BaseAdapter):
        def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
            url = request.path_url
            path = url[len(API_ROOT):] if url.startswith(API_ROOT + '/') else url
            length = request.headers.get('Content-Length')
            headers = dict((k, v) for k, v in request.headers.items() if k.lower() in ('accept', 'content-type'))
            try:
                answer = pipe.send(request.method, path, headers, request.body, int(length) if length else -1)
            except PipeError as error:
                kind = errors.get(error.kind, requests.exceptions.ConnectionError)
                raise kind(error.reason, request=request)
            response = requests.models.Response()
            response.status_code = answer.status
            response.headers = CaseInsensitiveDict(answer.headers)
            response.encoding = get_encoding_from_headers(response.headers)
            response.raw = answer
            response.url = request.url
            response.request = request
            response.connection = self
            return response

        def close(self):
            pass

    host = 'http://%s.hook.invalid' % name
    made = dataikuapi.DSSClient(host, internal_ticket='none')
    session = made._session
    session.headers.pop('X-DKU-APITicket', None)
    session.trust_env = False
    session.max_redirects = 0
    session.adapters.clear()
    session.mount(host + '/', PipeAdapter())
    return made

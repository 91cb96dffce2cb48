# -*- coding: utf-8 -*-
"""The bundled client: what its handles are made of."""
import sys
import time

if sys.version_info[0] == 2:
    text_type = unicode  # noqa: F821 (Python 2 name)
    string_types = (str, unicode)  # noqa: F821
else:
    text_type = str
    string_types = (str,)

UNRESERVED = frozenset(bytearray(b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~'))
AS_THEY_ARE = UNRESERVED | frozenset(bytearray(b"%/?:@&=+$,;!*'()"))


class DataikuException(Exception):
    """The node refused: "error type: message"."""


DataikuException.__module__ = 'dataikuapi.utils'  # messages read the same with either client


class NotBundled(AttributeError):
    """The name exists in dataikuapi, perhaps, but not here."""


def quote(value, safe=UNRESERVED):
    """Percent-encoded, so that an id is one segment of a path whatever stands in it."""
    if not isinstance(value, string_types):
        value = text_type(value)
    data = value.encode('utf-8') if isinstance(value, text_type) else value
    return ''.join(chr(b) if b in safe else '%%%02X' % b for b in bytearray(data))


def query(params):
    """As requests writes them: None is left out, a list repeats its name."""
    parts = []
    for name in sorted(params or {}):
        values = params[name]
        for value in values if isinstance(values, (list, tuple)) else [values]:
            if value is not None:
                parts.append('%s=%s' % (quote(name), quote(value)))
    return '?' + '&'.join(parts) if parts else ''


class Waits(object):
    """The pauses between two looks: from 0.2 s to 2 s."""

    def __init__(self):
        self.pause = 0.2

    def sleep(self):
        time.sleep(self.pause)
        self.pause = min(self.pause * 1.1, 2.0)


class Bundled(object):
    """Says what it does not have."""

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        raise NotBundled('%s.%s is not in the bundled client; register a code env with dataikuapi'
                         % (type(self).__name__, name))


class Part(Bundled):
    """A handle on something that a path names."""

    def __init__(self, client, path, *ids):
        self.client = client
        self._path = path % tuple(quote(i) for i in ids)

    def _get(self, more='', params=None):
        return self.client._perform_json('GET', self._path + more, params=params)

    def _post(self, more='', params=None, body=None):
        return self.client._perform_json('POST', self._path + more, params=params, body=body)

    def _put(self, more='', body=None):
        return self.client._perform_empty('PUT', self._path + more, body=body)

    def _delete(self, more='', params=None):
        return self.client._perform_empty('DELETE', self._path + more, params=params)


class Settings(Bundled):
    """A document that is changed in place and saved whole."""

    def __init__(self, part, more, settings):
        self.client = part.client
        self.settings = self.data = settings
        self._part = part
        self._more = more

    def get_raw(self):
        return self.settings

    def save(self, **params):
        path = self._part._path + self._more
        self.client._perform_empty('PUT', path, params=params or None, body=self.settings)


class Raw(Bundled):
    def __init__(self, raw):
        self._raw = raw

    def get_raw(self):
        return self._raw


class ListItem(dict):
    """An entry of a list: its fields as a dict, its id, name and type also as attributes."""

    def __init__(self, client, item, make=None):
        super(ListItem, self).__init__(item)
        self.client = client
        self._make = make

    id = property(lambda self: self.get('id', self.get('name')))
    name = property(lambda self: self['name'])
    type = property(lambda self: self['type'])
    tags = property(lambda self: self['tags'])
    running = property(lambda self: self['running'])

    def _to(self):
        return self._make(self)

    to_scenario = to_webapp = to_dataset = _to


class DSSFuture(Bundled):
    """A long task on the node."""

    def __init__(self, client, job_id, state=None, result_wrapper=lambda result: result):
        self.client = client
        self.job_id = job_id
        self.state = state
        self.result_wrapper = result_wrapper

    @staticmethod
    def from_resp(client, resp, result_wrapper=lambda result: result):
        return DSSFuture(client, resp.get('jobId'), resp, result_wrapper)

    def _look(self, peek):
        self.state = self.client._perform_json('GET', '/futures/%s' % quote(self.job_id), params={'peek': peek})
        return self.state

    def get_state(self):
        return self._look(False)

    def peek_state(self):
        return self._look(True)

    def has_result(self):
        if not (self.state or {}).get('hasResult'):
            self.get_state()
        return bool(self.state.get('hasResult'))

    def get_result(self):
        if not (self.state or {}).get('hasResult') or 'result' not in self.state:
            self.get_state()
        if not self.state.get('hasResult'):
            raise Exception('Result not ready')
        return self.result_wrapper(self.state.get('result'))

    def wait_for_result(self):
        waits = Waits()
        while not (self.state or {}).get('hasResult') or ('result' not in self.state and self.job_id):
            state = self.get_state()
            if state.get('hasResult'):
                break
            if state.get('aborted') or state.get('unknown') or state.get('alive') is False:
                raise DataikuException('The task %s ended without a result' % self.job_id)
            waits.sleep()
        return self.result_wrapper(self.state.get('result'))

    def abort(self):
        self.client._perform_empty('DELETE', '/futures/%s' % quote(self.job_id))

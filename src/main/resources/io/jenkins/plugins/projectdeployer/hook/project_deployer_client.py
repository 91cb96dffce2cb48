# -*- coding: utf-8 -*-
"""The bundled client: what deployment hooks use of Dataiku's Python client, under the same names.

The calls, their shapes and the text of their errors are those of the dataikuapi package, so that a hook moves between
the two without a change. What is missing says so. Runs under Python 3 and Jython (Python 2.7).
"""
import json

from project_deployer_deployer import DSSProjectDeployer
from project_deployer_parts import AS_THEY_ARE, Bundled, DataikuException, DSSFuture, ListItem, Part, Raw, Settings
from project_deployer_parts import query, quote, text_type
from project_deployer_project import DSSProject


class Response(object):
    """The part of a requests.Response that hooks use."""

    def __init__(self, answer):
        self.raw = answer
        self.status_code = answer.status
        self.headers = answer.headers
        self._content = None

    @property
    def ok(self):
        return self.status_code < 400

    @property
    def content(self):
        if self._content is None:
            self._content = self.raw.read()
        return self._content

    @property
    def text(self):
        return self.content.decode('utf-8', 'replace')

    def json(self):
        return json.loads(self.text)

    def iter_content(self, chunk_size=65536):
        return self.raw.stream(chunk_size)

    def close(self):
        self.raw.close()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


class Multipart(object):
    """A form with one file, read as it is sent."""
    BOUNDARY = 'project-deployer-hook-5f1d0c6a7e2b4938'

    def __init__(self, name, stream):
        self.parts = [
            ('--%s\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\n'
             % (self.BOUNDARY, quote(name or 'file'))).encode('ascii'),
            stream, ('\r\n--%s--\r\n' % self.BOUNDARY).encode('ascii')]
        self.content_type = 'multipart/form-data; boundary=' + self.BOUNDARY

    def read(self, count):
        while self.parts:
            part = self.parts[0]
            if hasattr(part, 'read'):
                data = part.read(count)
                if data:
                    return data if isinstance(data, bytes) else data.encode('utf-8')
                self.parts.pop(0)
            else:
                self.parts.pop(0)
                return part
        return b''


class DSSClient(Bundled):
    """A node, or the deployer, with the rights that the hook was given."""

    def __init__(self, pipe, name):
        self._pipe = pipe
        self.host = 'http://%s.hook.invalid' % name

    def __repr__(self):
        return '<bundled client of %s>' % self.host

    # the general door

    def _perform_http(self, method, path, params=None, body=None, stream=False, files=None, raw_body=None,
                      headers=None):
        sent = dict(headers or {})
        data = raw_body
        if body is not None and raw_body is None:
            data = json.dumps(body)
            sent.setdefault('Content-Type', 'application/json')
        if files:
            value = list(files.values())[0]
            name, data = (value[0], value[1]) if isinstance(value, (list, tuple)) else (
                getattr(value, 'name', 'file'), value)
            if not hasattr(data, 'read'):
                data = Bytes(data if isinstance(data, bytes) else data.encode('utf-8'))
            data = Multipart(text_type(name).replace(u'\\', u'/').split(u'/')[-1], data)
            sent['Content-Type'] = data.content_type
        separator = '&' if '?' in path else '?'
        target = quote(path, AS_THEY_ARE) + query(params).replace('?', separator, 1)
        response = Response(self._pipe.send(method, target, sent, data))
        if response.status_code >= 400:
            try:
                error = response.json()
            except ValueError:
                error = {'message': response.text}
            if not isinstance(error, dict):
                error = {'message': text_type(error)}
            raise DataikuException(u'%s: %s' % (
                error.get('errorType', u'Unknown error'),
                error.get('detailedMessage', error.get('message', u'No message'))))
        return response

    def _perform_empty(self, method, path, params=None, body=None, files=None, raw_body=None, headers=None):
        self._perform_http(method, path, params, body, False, files, raw_body, headers).close()

    def _perform_text(self, method, path, params=None, body=None, files=None, raw_body=None, headers=None):
        return self._perform_http(method, path, params, body, False, files, raw_body, headers).text

    def _perform_json(self, method, path, params=None, body=None, files=None, raw_body=None, headers=None):
        return self._perform_http(method, path, params, body, False, files, raw_body, headers).json()

    def _perform_raw(self, method, path, params=None, body=None, files=None, raw_body=None, headers=None):
        return self._perform_http(method, path, params, body, True, files, raw_body, headers)

    def _perform_json_upload(self, method, path, name, f):
        return self._perform_http(method, path, files={'file': (name, f)})

    # the instance

    def get_instance_info(self):
        return InstanceInfo(self._perform_json('GET', '/instance-info'))

    def get_auth_info(self, with_secrets=False):
        return self._perform_json('GET', '/auth/info', params={'withSecrets': with_secrets})

    def get_future(self, job_id):
        return DSSFuture(self, job_id)

    def list_futures(self, as_objects=False, all_users=False):
        found = self._perform_json('GET', '/futures/', params={
            'withScenarios': False, 'withNotScenarios': True, 'allUsers': all_users})
        return [DSSFuture(self, f['jobId'], f) for f in found] if as_objects else found

    # projects

    def list_project_keys(self):
        return [p['projectKey'] for p in self._perform_json('GET', '/projects/')]

    def list_projects(self, include_location=False):
        return self._perform_json('GET', '/projects/', params={'includeLocation': include_location})

    def get_project(self, project_key):
        return DSSProject(self, project_key)

    def get_default_project(self):
        raise ValueError('A hook has no default project: use get_project(deployed_project_key)')

    def create_project_from_bundle_archive(self, fp, project_folder=None):
        return self._perform_json('POST', '/projectsFromBundle/', files={'file': fp})

    def get_projectdeployer(self):
        return DSSProjectDeployer(self)

    # users, groups, connections

    def list_users(self, as_objects=False, include_settings=False):
        users = self._perform_json('GET', '/admin/users/', params={'includeSettings': include_settings})
        return [DSSUser(self, u['login']) for u in users] if as_objects else users

    def get_user(self, login):
        return DSSUser(self, login)

    def create_user(self, login, password, display_name='', source_type='LOCAL', groups=None,
                    profile='DATA_SCIENTIST', email=None):
        self._perform_text('POST', '/admin/users/', body={
            'login': login, 'password': password, 'displayName': display_name, 'sourceType': source_type,
            'groups': groups or [], 'userProfile': profile, 'email': email})
        return DSSUser(self, login)

    def get_own_user(self):
        return DSSOwnUser(self)

    def list_groups(self):
        return self._perform_json('GET', '/admin/groups/')

    def get_group(self, name):
        return DSSGroup(self, name)

    def create_group(self, name, description=None, source_type='LOCAL'):
        self._perform_text('POST', '/admin/groups/', body={
            'name': name, 'description': description, 'sourceType': source_type})
        return DSSGroup(self, name)

    def list_connections(self, as_type='dictitems'):
        found = self._perform_json('GET', '/admin/connections/')
        if as_type in ('dictitem', 'dictitems'):
            return dict((name, ListItem(self, item)) for name, item in found.items())
        if as_type in ('listitem', 'listitems'):
            return [ListItem(self, item) for item in found.values()]
        if as_type in ('object', 'objects'):
            return [DSSConnection(self, name) for name in found]
        raise ValueError('Unknown as_type')

    def list_connections_names(self, connection_type):
        return self._perform_json('GET', '/connections/get-names', params={'type': connection_type})

    def get_connection(self, name):
        return DSSConnection(self, name)


class Bytes(object):
    """Bytes with a read method, for a form."""

    def __init__(self, data):
        self.data = data
        self.at = 0

    def read(self, count):
        part = self.data[self.at:self.at + count]
        self.at += len(part)
        return part


class InstanceInfo(Bundled):
    def __init__(self, raw):
        self.raw = raw

    node_id = property(lambda self: self.raw['nodeId'])
    node_name = property(lambda self: self.raw['nodeName'])
    node_type = property(lambda self: self.raw['nodeType'])


class DSSUser(Part):
    def __init__(self, client, login):
        super(DSSUser, self).__init__(client, '/admin/users/%s', login)
        self.login = login

    def get_settings(self):
        return UserSettings(self, '', self._get())

    def get_info(self):
        return Raw(self.client._perform_json('GET', '/users/%s' % quote(self.login)))

    def delete(self, allow_self_deletion=False):
        self._delete(params={'allowSelfDeletion': allow_self_deletion})

    def get_client_as(self):
        raise NotImplementedError('get_client_as would need the infrastructure\'s key, which a hook never holds')


class UserSettings(Settings):
    @property
    def enabled(self):
        return self.settings['enabled']

    @enabled.setter
    def enabled(self, value):
        self.settings['enabled'] = value

    @property
    def user_properties(self):
        return self.settings['userProperties']

    @property
    def admin_properties(self):
        return self.settings['adminProperties']


class DSSOwnUser(Part):
    def __init__(self, client):
        super(DSSOwnUser, self).__init__(client, '/current-user')

    def get_settings(self):
        return UserSettings(self, '', self._get())


class DSSGroup(Part):
    def __init__(self, client, name):
        super(DSSGroup, self).__init__(client, '/admin/groups/%s', name)
        self.name = name

    def get_definition(self):
        return self._get()

    def set_definition(self, definition):
        return self._put(body=definition)

    def delete(self):
        self._delete()


class DSSConnection(Part):
    def __init__(self, client, name):
        super(DSSConnection, self).__init__(client, '/admin/connections/%s', name)
        self.name = name

    def get_definition(self):
        return self._get()

    def set_definition(self, definition):
        return self._put(body=definition)

    def get_settings(self):
        return Settings(self, '', self._get())

    def test(self):
        return self.client._perform_json('GET', '/connections/%s/test' % quote(self.name))

# -*- coding: utf-8 -*-
"""The bundled client: what deployment hooks use of Dataiku's Python client, under the same names.

The calls, their shapes and the text of their errors are those of the dataikuapi package, so that a hook moves between
the two without a change. What is missing says so. Runs under Python 3 and Jython (Python 2.7).
"""
import json
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


class Raw(Bundled):
    def __init__(self, raw):
        self._raw = raw

    def get_raw(self):
        return self._raw


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


class DSSProject(Part):
    def __init__(self, client, project_key):
        super(DSSProject, self).__init__(client, '/projects/%s', project_key)
        self.project_key = project_key

    def get_summary(self):
        return self._get()

    def get_settings(self):
        return Settings(self, '/settings', self._get('/settings'))

    def get_permissions(self):
        return self._get('/permissions')

    def set_permissions(self, permissions):
        self._put('/permissions', permissions)

    def get_metadata(self):
        return self._get('/metadata')

    def set_metadata(self, metadata):
        self._put('/metadata', metadata)

    def get_tags(self):
        return self._get('/tags')

    def set_tags(self, tags=None):
        self._put('/tags', tags or {})

    def get_variables(self):
        return self._get('/variables/')

    def set_variables(self, obj):
        for key in ('standard', 'local'):
            if key not in obj:
                raise ValueError("Missing '%s' key in argument" % key)
        self._put('/variables/', obj)

    def update_variables(self, variables, type='standard'):
        current = self.get_variables()
        current[type].update(variables)
        self.set_variables(current)

    def _list(self, more, as_type, make, params=None):
        items = self._get(more, params)
        if as_type in ('listitem', 'listitems'):
            return [ListItem(self.client, item, make) for item in items]
        if as_type in ('object', 'objects'):
            return [make(item) for item in items]
        raise ValueError('Unknown as_type')

    def list_scenarios(self, as_type='listitems'):
        return self._list('/scenarios/', as_type, lambda i: self.get_scenario(i['id']))

    def get_scenario(self, scenario_id):
        return DSSScenario(self.client, self.project_key, scenario_id)

    def list_webapps(self, as_type='listitems'):
        return self._list('/webapps/', as_type, lambda i: self.get_webapp(i['id']))

    def get_webapp(self, webapp_id):
        return DSSWebApp(self.client, self.project_key, webapp_id)

    def list_datasets(self, as_type='listitems', include_shared=False, tags=None):
        return self._list('/datasets/', as_type, lambda i: self.get_dataset(i['name']),
                          {'foreign': include_shared, 'tags': tags or []})

    def get_dataset(self, dataset_name):
        return DSSDataset(self.client, self.project_key, dataset_name)

    def list_managed_folders(self):
        return self._get('/managedfolders/')

    def get_managed_folder(self, odb_id):
        return DSSManagedFolder(self.client, self.project_key, odb_id)

    def list_jobs(self):
        return self._get('/jobs/')

    def get_job(self, id):
        return DSSJob(self.client, self.project_key, id)

    def start_job(self, definition):
        return self.get_job(self._post('/jobs/', body=definition)['id'])

    def list_imported_bundles(self):
        return self._get('/bundles/imported')

    def import_bundle_from_stream(self, fp):
        self.client._perform_empty(
            'POST', self._path + '/bundles/imported/actions/importFromStream', files={'file': fp})

    def preload_bundle(self, bundle_id):
        return self._post('/bundles/imported/%s/actions/preload' % quote(bundle_id))

    def activate_bundle(self, bundle_id, scenarios_to_enable=None):
        options = {'scenariosActiveOnActivation': scenarios_to_enable} if scenarios_to_enable else {}
        return self._post('/bundles/imported/%s/actions/activate' % quote(bundle_id), body=options)

    def get_last_test_scenario_runs_report(self, bundle_id=None):
        return self.client._perform_raw(
            'GET', self._path + '/scenarios/last-test-scenario-runs-report', params={'bundleId': bundle_id})


class DSSDataset(Part):
    def __init__(self, client, project_key, dataset_name):
        super(DSSDataset, self).__init__(client, '/projects/%s/datasets/%s', project_key, dataset_name)
        self.project_key = project_key
        self.dataset_name = self.name = dataset_name

    def get_definition(self):
        return self._get()

    def get_schema(self):
        return self._get('/schema')

    def get_metadata(self):
        return self._get('/metadata')

    def exists(self):
        try:
            self.get_metadata()
            return True
        except DataikuException:
            return False


class DSSManagedFolder(Part):
    def __init__(self, client, project_key, odb_id):
        super(DSSManagedFolder, self).__init__(client, '/projects/%s/managedfolders/%s', project_key, odb_id)
        self.project_key = project_key
        self.odb_id = self.id = odb_id

    def get_definition(self):
        return self._get()

    def list_contents(self):
        return self._get('/contents')

    def _contents(self, path):
        return self._path + '/contents/' + '/'.join(quote(p) for p in path.split('/'))

    def get_file(self, path):
        return self.client._perform_raw('GET', self._contents(path))

    def put_file(self, path, f):
        return self.client._perform_json_upload('POST', self._contents(path), '', f).json()

    def delete_file(self, path):
        self.client._perform_empty('DELETE', self._contents(path))


class DSSJob(Part):
    def __init__(self, client, project_key, id):
        super(DSSJob, self).__init__(client, '/projects/%s/jobs/%s', project_key, id)
        self.project_key = project_key
        self.id = id

    def get_status(self):
        return self._get('/')

    def get_log(self, activity=None):
        return self.client._perform_text('GET', self._path + '/log', params={'activity': activity})

    def abort(self):
        return self._post('/abort')


class DSSWebApp(Part):
    def __init__(self, client, project_key, webapp_id):
        super(DSSWebApp, self).__init__(client, '/projects/%s/webapps/%s', project_key, webapp_id)
        self.project_key = project_key
        self.webapp_id = webapp_id

    def get_state(self):
        return WebAppState(self.webapp_id, self._get('/backend/state'))

    def get_settings(self):
        return Settings(self, '', self._get())

    def stop_backend(self):
        self._put('/backend/actions/stop')

    def start_or_restart_backend(self):
        return DSSFuture.from_resp(
            self.client, self.client._perform_json('PUT', self._path + '/backend/actions/restart'))


class WebAppState(Bundled):
    def __init__(self, webapp_id, state):
        self.webapp_id = webapp_id
        self.state = state

    def get_raw(self):
        return self.state

    @property
    def running(self):
        return bool((self.state.get('futureInfo') or {}).get('alive'))


class DSSScenario(Part):
    def __init__(self, client, project_key, id):
        super(DSSScenario, self).__init__(client, '/projects/%s/scenarios/%s', project_key, id)
        self.project_key = project_key
        self.id = id

    def run(self, params=None):
        return DSSTriggerFire(self, self._post('/run', body=params or {}))

    def run_and_wait(self, params=None, no_fail=False):
        run = self.run(params).wait_for_scenario_run(no_fail)
        if run is not None:
            run.wait_for_completion(no_fail)
        return run

    def abort(self):
        return self._post('/abort')

    def get_last_runs(self, limit=10, only_finished_runs=False):
        found = self._get('/get-last-runs', {'limit': limit, 'onlyFinishedRuns': only_finished_runs})
        return [DSSScenarioRun(self.client, run) for run in found]

    def get_last_finished_run(self):
        for run in self.get_last_runs():
            if not run.running:
                return run
        raise ValueError('No scenario run completed')

    def get_last_successful_run(self):
        found = self.get_last_runs(only_finished_runs=True)
        if not found:
            raise ValueError('No scenario run completed successfully')
        return found[0]

    def get_current_run(self):
        found = self.get_last_runs(1)
        return found[0] if found and found[0].running else None

    def get_run(self, run_id):
        return DSSScenarioRun(self.client, self._get('/%s/' % quote(run_id))['scenarioRun'])

    def get_status(self):
        return ScenarioStatus(self._get('/light'))

    def get_settings(self):
        return ScenarioSettings(self, '', self._get())


class ScenarioStatus(Raw):
    running = property(lambda self: self._raw['running'])


class ScenarioSettings(Settings):
    @property
    def active(self):
        return self.settings['active']

    @active.setter
    def active(self, value):
        self.settings['active'] = value

    @property
    def run_as(self):
        return self.settings.get('runAsUser')

    @run_as.setter
    def run_as(self, login):
        self.settings['runAsUser'] = login

    @property
    def raw_triggers(self):
        return self.settings['triggers']

    @property
    def raw_reporters(self):
        return self.settings['reporters']

    @property
    def raw_steps(self):
        return self.settings['params']['steps']


class DSSTriggerFire(Bundled):
    """A request for a run; the run itself comes later, or never."""

    def __init__(self, scenario, fire):
        self.client = scenario.client
        self.trigger_fire = fire
        self.trigger_id = fire['trigger']['id']
        self.run_id = fire['runId']
        self._scenario = scenario

    def get_raw(self):
        return self.trigger_fire

    def get_scenario_run(self):
        found = self._scenario._get('/get-run-for-trigger', {
            'triggerId': self.trigger_id, 'triggerRunId': self.run_id})
        return DSSScenarioRun(self.client, found['scenarioRun']) if 'scenarioRun' in found else None

    def is_cancelled(self, refresh=False):
        if refresh:
            self.trigger_fire = self.client._perform_json('GET', '/projects/%s/scenarios/trigger/%s/%s' % (
                quote(self._scenario.project_key), quote(self._scenario.id), quote(self.trigger_id)),
                params={'triggerRunId': self.run_id})
        return self.trigger_fire.get('cancelled', False)

    def wait_for_scenario_run(self, no_fail=False):
        waits = Waits()
        looks = 0
        while True:
            if self.is_cancelled(refresh=looks % 10 == 9):
                if no_fail:
                    return None
                raise DataikuException('Scenario run has been cancelled')
            run = self.get_scenario_run()
            if run is not None:
                return run
            looks += 1
            waits.sleep()


class DSSScenarioRun(Bundled):
    def __init__(self, client, run):
        self.client = client
        self.run = run

    id = property(lambda self: self.run['runId'])
    running = property(lambda self: 'result' not in self.run)

    @property
    def outcome(self):
        if self.running:
            raise ValueError('outcome not available for this scenario run. Maybe still running?')
        return self.run['result']['outcome']

    def get_info(self):
        return self.run

    def _at(self, more):
        scenario = self.run['scenario']
        return '/projects/%s/scenarios/%s/%s/%s' % (
            quote(scenario['projectKey']), quote(scenario['id']), quote(self.id), more)

    def refresh(self):
        self.run = self.get_details()['scenarioRun']

    def get_details(self):
        return self.client._perform_json('GET', self._at(''))

    def get_log(self, step_id=None):
        return self.client._perform_text('GET', self._at('log'), params={'stepId': step_id})

    def wait_for_completion(self, no_fail=False):
        waits = Waits()
        while self.running:
            waits.sleep()
            self.refresh()
        if self.outcome != 'SUCCESS' and not no_fail:
            raise DataikuException('Scenario run returned status %s' % self.outcome)


class DSSProjectDeployer(Part):
    def __init__(self, client):
        super(DSSProjectDeployer, self).__init__(client, '/project-deployer')

    def list_stages(self):
        return self._get('/stages')

    def list_deployments(self, as_objects=True):
        found = self._get('/deployments')
        return [self.get_deployment(d['deploymentBasicInfo']['id']) for d in found] if as_objects else found

    def get_deployment(self, deployment_id):
        return DSSProjectDeployerDeployment(self.client, deployment_id)

    def list_infras(self, as_objects=True):
        found = self._get('/infras')
        return [self.get_infra(i['infraBasicInfo']['id']) for i in found] if as_objects else found

    def get_infra(self, infra_id):
        return DSSProjectDeployerInfra(self.client, infra_id)

    def list_projects(self, as_objects=True):
        found = self._get('/projects')
        return [self.get_project(p['projectBasicInfo']['id']) for p in found] if as_objects else found

    def get_project(self, project_key):
        return DSSProjectDeployerProject(self.client, project_key)


class DSSProjectDeployerDeployment(Part):
    def __init__(self, client, deployment_id):
        super(DSSProjectDeployerDeployment, self).__init__(client, '/project-deployer/deployments/%s', deployment_id)
        self.id = self.deployment_id = deployment_id

    def get_status(self):
        return DeploymentStatus(self._get(), self._get('/status'))

    def get_settings(self):
        return DeploymentSettings(self, '/settings', self._get('/settings'))

    def get_governance_status(self, bundle_id=''):
        return self._get('/governance-status', {'bundleId': bundle_id})

    def start_update(self):
        return DSSFuture.from_resp(self.client, self._post('/actions/update'))


class DeploymentStatus(Bundled):
    def __init__(self, light, heavy):
        self.light_status = light
        self.heavy_status = heavy

    def get_light(self):
        return self.light_status

    def get_heavy(self):
        return self.heavy_status

    def get_health(self):
        return self.heavy_status['health']

    def get_health_messages(self):
        return self.heavy_status['healthMessages']


class DeploymentSettings(Settings):
    @property
    def bundle_id(self):
        return self.settings['bundleId']

    @bundle_id.setter
    def bundle_id(self, bundle_id):
        self.settings['bundleId'] = bundle_id

    published_project_key = property(lambda self: self.settings['publishedProjectKey'])

    def save(self, ignore_warnings=False):
        super(DeploymentSettings, self).save(ignoreWarnings=ignore_warnings)


class DSSProjectDeployerInfra(Part):
    def __init__(self, client, infra_id):
        super(DSSProjectDeployerInfra, self).__init__(client, '/project-deployer/infras/%s', infra_id)
        self.id = self.infra_id = infra_id

    def get_status(self):
        return Raw(self._get())

    def get_settings(self):
        return Settings(self, '/settings', self._get('/settings'))


class DSSProjectDeployerProject(Part):
    def __init__(self, client, project_key):
        super(DSSProjectDeployerProject, self).__init__(client, '/project-deployer/projects/%s', project_key)
        self.id = self.project_key = project_key

    def get_status(self):
        return PublishedProjectStatus(self._get())

    def get_settings(self):
        return Settings(self, '/settings', self._get('/settings'))

    def get_bundle_stream(self, bundle_id):
        return self.client._perform_raw('GET', self._path + '/bundles/%s' % quote(bundle_id))


class PublishedProjectStatus(Raw):
    def get_bundles(self):
        return self._raw['packages']

    def get_infras(self):
        return self._raw['infras']

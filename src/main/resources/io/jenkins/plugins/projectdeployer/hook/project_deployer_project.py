# -*- coding: utf-8 -*-
"""The bundled client: one project on the node and what is in it."""
from project_deployer_parts import Bundled, DataikuException, DSSFuture, ListItem, Part, Settings, quote
from project_deployer_scenario import DSSScenario


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

# -*- coding: utf-8 -*-
"""The bundled client: the Project Deployer's own resources."""
from project_deployer_parts import Bundled, DSSFuture, Part, Raw, Settings, quote


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

    def create_deployment(self, deployment_id, project_key, infra_id, bundle_id,
                          deployed_project_key=None, project_folder_id=None, ignore_warnings=False):
        wanted = {'deploymentId': deployment_id, 'publishedProjectKey': project_key, 'infraId': infra_id,
                  'bundleId': bundle_id}
        if deployed_project_key:
            wanted['deployedProjectKey'] = deployed_project_key
        if project_folder_id:
            wanted['projectFolderId'] = project_folder_id
        self._post('/deployments', {'ignoreWarnings': ignore_warnings}, wanted)
        return self.get_deployment(deployment_id)

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

    def create_project(self, project_key):
        self._post('/projects', body={'publishedProjectKey': project_key})
        return self.get_project(project_key)

    def upload_bundle(self, fp, project_key=None):
        self.client._perform_empty('POST', self._path + '/projects/bundles', files={'file': fp},
                                   params=None if project_key is None else {'projectKey': project_key})


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

    def get_testing_status(self, bundle_id=None, automation_node_id=None):
        return DSSTestingStatus(self._get('/testing-status', {
            'bundleId': bundle_id, 'automationNodeId': automation_node_id}))

    def list_updates(self):
        return [UpdateListItem(self, found) for found in self._get('/update')]

    def get_update(self, timestamp=None):
        return Update(self._get('/last-update' if timestamp is None else '/update/%s' % quote(timestamp)))

    def delete(self):
        self._delete()


class UpdateListItem(Raw):
    def __init__(self, deployment, raw):
        super(UpdateListItem, self).__init__(raw)
        self._deployment = deployment

    start_time = property(lambda self: self._raw['startTimestamp'])
    type = property(lambda self: self._raw['type'])
    status = property(lambda self: self._raw['status'])

    def get_full_update(self):
        return self._deployment.get_update(self.start_time)


class Update(Raw):
    start_time = property(lambda self: self._raw['startTimestamp'])
    end_time = property(lambda self: self._raw['endTimestamp'])
    requester = property(lambda self: self._raw['requester'])
    status = property(lambda self: self._raw['status'])
    logs = property(lambda self: self._raw['logs']['lines'] if 'logs' in self._raw else None)


class DSSTestingStatus(Raw):
    nb_total_ran_scenarios = property(lambda self: self._raw['nbTotalRanScenarios'])
    nb_scenarios_per_outcome = property(lambda self: self._raw['nbScenariosPerOutcome'])


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
        return InfraStatus(self.client, self._get())

    def get_settings(self):
        return Settings(self, '/settings', self._get('/settings'))


class InfraStatus(Raw):
    def __init__(self, client, raw):
        super(InfraStatus, self).__init__(raw)
        self.client = client

    def get_deployments(self):
        return [DSSProjectDeployerDeployment(self.client, found['id']) for found in self._raw['deployments']]


class DSSProjectDeployerProject(Part):
    def __init__(self, client, project_key):
        super(DSSProjectDeployerProject, self).__init__(client, '/project-deployer/projects/%s', project_key)
        self.id = self.project_key = project_key

    def get_status(self):
        return PublishedProjectStatus(self.client, self._get())

    def get_settings(self):
        return Settings(self, '/settings', self._get('/settings'))

    def get_bundle_stream(self, bundle_id):
        return self.client._perform_raw('GET', self._path + '/bundles/%s' % quote(bundle_id))

    def download_bundle_to_file(self, bundle_id, path):
        with self.get_bundle_stream(bundle_id) as stream:
            with open(path, 'wb') as target:
                for part in stream.iter_content():
                    target.write(part)

    def delete_bundle(self, bundle_id):
        self._delete('/bundles/%s' % quote(bundle_id))

    def delete(self):
        self._delete()


class PublishedProjectStatus(Raw):
    def __init__(self, client, raw):
        super(PublishedProjectStatus, self).__init__(raw)
        self.client = client

    def get_deployments(self, infra_id=None):
        return [DSSProjectDeployerDeployment(self.client, found['id']) for found in self._raw['deployments']
                if infra_id in (None, found['infraId'])]

    def get_bundles(self):
        return self._raw['packages']

    def get_infras(self):
        return self._raw['infras']

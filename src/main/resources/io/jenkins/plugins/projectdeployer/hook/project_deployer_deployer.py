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

# -*- coding: utf-8 -*-
"""The bundled client: scenarios and their runs."""
from project_deployer_parts import Bundled, DataikuException, Part, Raw, Settings, Waits, quote


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

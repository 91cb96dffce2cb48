def execute(requesting_user, deployment_id, deployment_report, deployer_client, automation_client,
            deploying_user, deployed_project_key, **kwargs):
    run = automation_client.get_project(deployed_project_key).get_scenario('WARM_UP').run_and_wait(no_fail=True)
    message = 'WARM_UP ended with ' + run.outcome
    return HookResult.success(message) if run.outcome == 'SUCCESS' else HookResult.warning(message)

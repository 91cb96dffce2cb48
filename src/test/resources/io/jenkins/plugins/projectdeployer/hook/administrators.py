def execute(requesting_user, deployment_id, deployment_report, deployer_client, automation_client,
            deploying_user, deployed_project_key, **kwargs):
    project = automation_client.get_project(deployed_project_key)
    permissions = project.get_permissions()
    if not any(p.get('group') == 'operators' and p.get('admin') for p in permissions['permissions']):
        permissions['permissions'].append({'group': 'operators', 'admin': True})
        project.set_permissions(permissions)
    return HookResult.success('operators administer ' + deployed_project_key)

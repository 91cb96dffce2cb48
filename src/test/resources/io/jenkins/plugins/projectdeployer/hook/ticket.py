import json
try:
    from urllib.request import Request, urlopen
except ImportError:  # the built-in engine is Python 2.7
    from urllib2 import Request, urlopen


def execute(requesting_user, deployment_id, deployment_report, deployer_client, automation_client,
            deploying_user, deployed_project_key, **kwargs):
    secrets = kwargs['secrets']
    issue = {'fields': {'project': {'key': 'OPS'}, 'summary': 'Deployment %s' % deployment_id,
                        'description': 'Asked for by %s, ended with %s'
                                       % (requesting_user, deployment_report['status'])}}
    request = Request(secrets['tracker-url'] + 'rest/api/2/issue', json.dumps(issue).encode('utf-8'), {
        'Content-Type': 'application/json', 'Authorization': 'Bearer ' + secrets['tracker-token']})
    print('asked the tracker with ' + secrets['tracker-token'])
    answer = json.loads(urlopen(request, timeout=30).read().decode('utf-8'))
    return HookResult.success('Opened ' + answer['key'])

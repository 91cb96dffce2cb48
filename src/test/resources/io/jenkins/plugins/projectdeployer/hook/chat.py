import json
try:
    from urllib.request import Request, urlopen
except ImportError:  # the built-in engine is Python 2.7
    from urllib2 import Request, urlopen


def execute(requesting_user, deployment_id, deployment_report, deployer_client, automation_client,
            deploying_user, deployed_project_key, **kwargs):
    lines = ['%s by %s: %s' % (deployment_id, requesting_user, deployment_report['status'])]
    lines += ['- ' + message for message in deployment_report['messages']]
    urlopen(Request(kwargs['secrets']['chat-webhook'], json.dumps({'text': '\n'.join(lines)}).encode('utf-8'),
                    {'Content-Type': 'application/json'}), timeout=30).read()
    return HookResult.success('Told the channel')

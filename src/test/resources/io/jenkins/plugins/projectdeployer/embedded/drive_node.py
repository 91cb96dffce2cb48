# Does with Dataiku's own client, unchanged, what a deployer does on an automation node. Arguments: URL, key, two bundles of
# project CHURN, v1 and v2. One line for each thing that was done; an exception where an answer is other than it should be.
import sys

import dataikuapi
from dataikuapi.dss.future import DSSFuture
from dataikuapi.utils import DataikuException

url, key, v1, v2 = sys.argv[1:]
admin = dataikuapi.DSSClient(url, key)
alice = admin.get_user("alice").get_client_as()


def done(what, seen):
    print("%s: %s" % (what, seen))


def result(client, answer):
    """What a future came to, whether the node answered at once or not."""
    return DSSFuture.get_result_wait_if_needed(client, answer) if answer.get("jobId") else answer["result"]


def refused(call):
    try:
        call()
    except DataikuException as e:
        return str(e)
    raise AssertionError("not refused")


done("instance", admin.get_instance_info().node_type)
assert admin.list_project_keys() == []
with open(v1, "rb") as archive:
    done("create from bundle", alice.create_project_from_bundle_archive(archive)["projectKey"])
done("list projects", [p["projectKey"] for p in admin.list_projects()])
project = alice.get_project("CHURN")
as_admin = admin.get_project("CHURN")

settings = project.get_settings()
containers = settings.get_raw().setdefault("bundleContainerSettings", {})
containers.setdefault("remapping", {})["connections"] = [{"source": "sql-dev", "target": "sql-prod"}]
settings.save()
done("settings", project.get_settings().get_raw()["bundleContainerSettings"]["remapping"]["connections"])

done("preload", result(alice, project.preload_bundle("v1"))["error"])
done("activate", result(alice, project.activate_bundle("v1"))["error"])
with open(v2, "rb") as archive:
    project.import_bundle_from_stream(archive)
done("import", sorted(b["bundleId"] for b in project.list_imported_bundles()["bundles"]))
with open(v2, "rb") as archive:
    done("import twice", refused(lambda: project.import_bundle_from_stream(archive)))
assert not result(alice, project.preload_bundle("v2"))["error"]
assert not result(alice, project.activate_bundle("v2", {"NIGHTLY": False}))["error"]
done("active bundle", admin.list_projects()[0]["activeBundleState"]["bundleId"])

permissions = as_admin.get_permissions()
permissions["owner"] = "svc_deploy"
permissions["permissions"].append({"group": "churn-team", "readProjectContent": True, "runScenarios": True})
as_admin.set_permissions(permissions)
done("permissions", (as_admin.get_permissions()["owner"], [p["group"] for p in as_admin.get_permissions()["permissions"]]))

variables = as_admin.get_variables()
variables["local"]["stage"] = "prod"
as_admin.set_variables(variables)
as_admin.update_variables({"region": "eu"}, type="local")
done("variables", sorted(as_admin.get_variables()["local"].items()))

done("scenarios", sorted(s["id"] for s in as_admin.list_scenarios(as_type="listitems")))
nightly = as_admin.get_scenario("NIGHTLY").get_settings()
nightly.run_as = "svc_run"
nightly.active = True
nightly.save()
nightly = as_admin.get_scenario("NIGHTLY").get_settings()
done("run-as", (nightly.run_as, nightly.effective_run_as, nightly.active))

done("connections", sorted((name, c["type"]) for name, c in admin.list_connections().items()))
done("users", sorted(u["login"] for u in admin.list_users()))
done("groups", sorted(g["name"] for g in admin.list_groups()))
done("code envs", [(e["envLang"], e["envName"]) for e in admin.list_code_envs()])
done("clusters", [c["name"] for c in admin.list_clusters()])
general = admin.get_general_settings()
general.save()
done("general settings", [c["name"] for c in general.get_raw()["containerSettings"]["executionConfigs"]])

run = as_admin.get_scenario("TEST_SMOKE").run_and_wait()
done("run and wait", run.outcome)
started = as_admin.get_scenario("NIGHTLY").run().wait_for_scenario_run()
started.wait_for_completion()
started.refresh()
done("run, then wait", started.outcome)
done("unknown project", refused(lambda: admin.get_project("NOPE").get_settings()))

"""A worker in plain Python: takes jobs of its key's platforms, measures them, and reports. See docs/worker-protocol.md.

    CORBENIC_URL=http://127.0.0.1:8080 CORBENIC_WORKER_KEY=cbn_w_... python3 worker.py
"""
import json, os, re, threading, time, urllib.error, urllib.request, uuid


def call(method, path, body=None):
    request = urllib.request.Request(os.environ["CORBENIC_URL"] + path, json.dumps(body).encode() if body else None,
                                     {"Authorization": "Bearer " + os.environ["CORBENIC_WORKER_KEY"],
                                      "Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=40) as answer:
        return json.loads(answer.read() or b"null")


def measure(payload, stop):
    """Yours to write. This one has a chip whose modes are straight waveguides: what goes in comes out."""
    state = re.search(r"\|[\d,]+>", payload["input_state"]).group()
    return {"results": f":PCVL:BSCount:{{{state}={payload['max_shots']}}}", "global_perf": 1.0}


def renew(job, path, stop):
    while not stop.wait(job["lease_ttl_s"] / 4):
        try:
            if call("POST", path + "/heartbeat", {"lease_token": job["lease_token"]})["cancel"]:
                stop.set()
        except urllib.error.HTTPError as refused:
            if refused.code in (404, 409):  # the job is no longer ours
                stop.set()
        except OSError:
            pass  # the cloud is away: the next renewal may reach it


def run(job):
    path, stop = "/admin/job/" + job["job_id"], threading.Event()
    threading.Thread(target=renew, args=(job, path, stop), daemon=True).start()
    results = measure(job["payload"], stop)
    if job["payload"].get("job_context") is not None:
        results["job_context"] = job["payload"]["job_context"]
    verb, report = ("fail", {"message": "Stopped on request."}) if stop.is_set() else ("result", {"results": json.dumps(results)})
    stop.set()
    call("POST", f"{path}/{verb}", {"lease_token": job["lease_token"], **report})


fetch_id = uuid.uuid4()
while True:
    try:
        if job := call("GET", f"/admin/job?wait_s=20&fetch_id={fetch_id}"):
            run(job)
        fetch_id = uuid.uuid4()
    except OSError as error:  # refused, or the cloud is away: the same fetch again loses nothing
        print("trying again:", error)
        time.sleep(2)

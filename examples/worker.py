"""A worker in plain Python: takes jobs of its key's platforms, measures them, and reports. See docs/worker-protocol.md.

    CORBENIC_URL=http://127.0.0.1:8080 CORBENIC_WORKER_KEY=cbn_w_... python3 worker.py
"""
import json, os, re, threading, time, urllib.error, urllib.request, uuid


def call(method, path, **body):
    headers = {"Authorization": "Bearer " + os.environ["CORBENIC_WORKER_KEY"], "Content-Type": "application/json"}
    data = json.dumps(body).encode() if body else None
    request = urllib.request.Request(os.environ["CORBENIC_URL"] + path, data, headers, method=method)
    with urllib.request.urlopen(request, timeout=40) as answer:
        return json.loads(answer.read() or b"null")


def measure(payload, stop):
    """Yours to write. This one has a chip whose modes are straight waveguides: what goes in comes out."""
    state = re.search(r"\|[\d,]+>", payload["input_state"]).group()
    return {"results": f":PCVL:BSCount:{{{state}={payload['max_shots']}}}", "global_perf": 1.0}


def renew(job, path, stop):
    ttl, heard = job["lease_ttl_s"], time.monotonic()
    while not stop.wait(ttl / 4):
        try:
            sent = time.monotonic()
            if call("POST", path + "/heartbeat", lease_token=job["lease_token"])["cancel"]:
                stop.set()
            heard = sent
        except OSError as error:  # gone for good, or the cloud is away and the next renewal may reach it
            if getattr(error, "code", 0) in (404, 409) or time.monotonic() - heard > 0.75 * ttl:
                stop.set()


def run(job):
    path, stop = "/admin/job/" + job["job_id"], threading.Event()
    threading.Thread(target=renew, args=(job, path, stop), daemon=True).start()
    try:
        results = measure(job["payload"], stop)
        if job["payload"].get("job_context") is not None:
            results["job_context"] = job["payload"]["job_context"]
        verb, report = "result", {"results": json.dumps(results)}
    except Exception as error:
        verb, report = "fail", {"message": f"{type(error).__name__}: {error}"}
    if stop.is_set():
        verb, report = "fail", {"message": "Stopped on request."}
    stop.set()
    call("POST", f"{path}/{verb}", lease_token=job["lease_token"], **report)


fetch_id = uuid.uuid4()
while True:
    try:
        if job := call("GET", f"/admin/job?wait_s=20&fetch_id={fetch_id}"):
            run(job)
        fetch_id = uuid.uuid4()
    except OSError as error:  # refused, or the cloud is away: the same fetch again loses nothing
        if getattr(error, "code", 0) in (401, 403):
            raise SystemExit(f"The cloud does not want this worker: {error}")
        print("trying again:", error)
        time.sleep(2)

"""Submits jobs with an unmodified Perceval client and polls them until told to stop. Prints a line of JSON at the end.

usage: perceval-polls.py URL TOKEN PLATFORM STOP_FILE
The folder of Perceval must be on PYTHONPATH. A poll that raises is what this looks for: it ends with status 1.
"""
import json
import os
import sys
import time
import traceback

import perceval as pcvl

url, token, platform, stop_file = sys.argv[1:]
counts = {"jobs": 0, "polls": 0, "refused_submissions": 0, "raised": 0}

while not os.path.exists(stop_file):
    try:
        processor = pcvl.RemoteProcessor(platform, token, url)
        processor.set_circuit(pcvl.BS())
        processor.min_detected_photons_filter(1)
        processor.with_input(pcvl.BasicState([1, 1]))
        job = pcvl.algorithm.Sampler(processor, max_shots_per_call=1000).probs
        job.execute_async()
    except Exception as error:  # what comes before a job may be refused while the database is away, and says so
        counts["refused_submissions"] += 1
        print(f"refused: {error}", file=sys.stderr)
        time.sleep(0.2)
        continue
    counts["jobs"] += 1
    try:
        while not job.is_complete:
            counts["polls"] += 1
            time.sleep(0.1)
        if job.is_success:
            job.get_results()
    except Exception:
        counts["raised"] += 1
        traceback.print_exc()
        break

print(json.dumps(counts))
sys.exit(1 if counts["raised"] else 0)

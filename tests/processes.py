"""Processes for races and kills: real ones, forked from one that has imported everything."""

import multiprocessing as mp

PROCESSES = mp.get_context("forkserver")
PROCESSES.set_forkserver_preload(["server.scheduler", "server.demo", "tests.hall", "tests.wide"])

#!/usr/bin/env python3
"""volumes.py DIR PKI: a provisioner for the storage class "local", with real disk limits and online expansion.

Each volume is a tmpfs of exactly the claim's size, so a full disk is really full, growing the claim really grows the
file system, and kubelet reports its usage. Claims of pods on simulated nodes get an empty hostPath volume."""
import http.client
import json
import os
import ssl
import subprocess
import sys
import time

root, pki = sys.argv[1:]
UNITS = {'': 1, 'k': 10**3, 'M': 10**6, 'G': 10**9, 'T': 10**12, 'Ki': 2**10, 'Mi': 2**20, 'Gi': 2**30, 'Ti': 2**40}
trust = ssl.create_default_context(cafile=f'{pki}/ca.crt')
trust.load_cert_chain(f'{pki}/admin.crt', f'{pki}/admin.key')
# One connection, kept: two short reads a second cost this machine nothing.
api = http.client.HTTPSConnection('127.0.0.1', 6443, context=trust, timeout=10)
VOLUMES, CLAIMS = '/api/v1/persistentvolumes', '/api/v1/persistentvolumeclaims'


def call(method, path, body=None, kind='application/json'):
    api.request(method, path, json.dumps(body) if body else None, {'Content-Type': kind})
    reply = api.getresponse()
    data = reply.read()
    if reply.status >= 300 and reply.status not in (404, 409):  # gone or made meanwhile: the next round sees it
        raise OSError(f'{method} {path}: {reply.status} {data[:300]}')
    return json.loads(data)


def merge(path, body):
    call('PATCH', path, body, 'application/merge-patch+json')


def size(quantity):
    number = quantity.rstrip('kMGTi')
    return int(float(number) * UNITS[quantity[len(number):]])


def mount(*arguments):
    subprocess.run(['mount', *arguments], check=True)


def provision(claim, node):
    meta, request = claim['metadata'], claim['spec']['resources']['requests']['storage']
    source = {'hostPath': {'path': '/tmp'}}
    if node == 'local':
        path = f'{root}/{meta["uid"]}'
        os.makedirs(path, exist_ok=True)
        if not os.path.ismount(path):
            mount('-t', 'tmpfs', '-o', f'size={size(request)},mode=777', 'local-volume', path)
        source = {'local': {'path': path}}
    on_node = {'key': 'kubernetes.io/hostname', 'operator': 'In', 'values': [node]}
    call('POST', VOLUMES, {
        'apiVersion': 'v1', 'kind': 'PersistentVolume', 'metadata': {
            'name': f'pvc-{meta["uid"]}', 'annotations': {'pv.kubernetes.io/provisioned-by': 'heddle.dev/tmpfs'}},
        'spec': {'capacity': {'storage': request}, 'accessModes': claim['spec']['accessModes'], 'storageClassName': 'local',
                 'persistentVolumeReclaimPolicy': 'Delete', **source,
                 'claimRef': {'apiVersion': 'v1', 'kind': 'PersistentVolumeClaim', **{k: meta[k] for k in ('name', 'namespace', 'uid')}},
                 'nodeAffinity': {'required': {'nodeSelectorTerms': [{'matchExpressions': [on_node]}]}}}})


def expand(claim):
    meta, request = claim['metadata'], claim['spec']['resources']['requests']['storage']
    path = f'{root}/{meta["uid"]}'
    if os.path.ismount(path):
        mount('-o', f'remount,size={size(request)}', path)
    capacity = {'capacity': {'storage': request}}
    merge(f'{VOLUMES}/pvc-{meta["uid"]}', {'spec': capacity})
    merge(f'/api/v1/namespaces/{meta["namespace"]}/persistentvolumeclaims/{meta["name"]}/status', {'status': {**capacity, 'conditions': []}})


def reclaim(volume):
    path = volume['spec'].get('local', {}).get('path')
    if path and os.path.isdir(path):
        subprocess.run(['umount', '-l', path], capture_output=True)
        os.rmdir(path)
    call('DELETE', f'{VOLUMES}/{volume["metadata"]["name"]}')


def serve_claims():
    for claim in call('GET', CLAIMS)['items']:
        spec, status = claim['spec'], claim['status']
        if spec.get('storageClassName') != 'local':
            continue
        node = claim['metadata'].get('annotations', {}).get('volume.kubernetes.io/selected-node')
        if status['phase'] == 'Pending' and node and not spec.get('volumeName'):
            provision(claim, node)
        elif status['phase'] == 'Bound' and size(spec['resources']['requests']['storage']) > size(status['capacity']['storage']):
            expand(claim)


def serve_volumes():
    for volume in call('GET', VOLUMES)['items']:
        spec = volume['spec']
        if volume['status']['phase'] in ('Released', 'Failed') and spec.get('storageClassName') == 'local' \
                and spec['persistentVolumeReclaimPolicy'] == 'Delete' and 'deletionTimestamp' not in volume['metadata']:
            reclaim(volume)


while True:
    try:
        serve_claims()
        serve_volumes()
    except (subprocess.CalledProcessError, KeyError, OSError, http.client.HTTPException) as problem:
        print(repr(problem), flush=True)
        api.close()
    time.sleep(0.5)

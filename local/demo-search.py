#!/usr/bin/env python3
"""demo-search.py URL: stores 50 objects with vectors, factor 3, in the Weaviate at URL and finds the right one again.

The key comes from $WEAVIATE_API_KEY. Ends with an error if anything is not as it must be."""
import json
import os
import random
import sys
import time
import urllib.error
import urllib.request

url, key = sys.argv[1].rstrip('/'), os.environ['WEAVIATE_API_KEY']
CLASS, COUNT, WANTED = 'Pattern', 50, 17


def call(method, path, body=None, missing_is_fine=False):
    request = urllib.request.Request(url + path, json.dumps(body).encode() if body else None, method=method, headers={
        'Authorization': f'Bearer {key}', 'Content-Type': 'application/json'})
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:
            data = reply.read()
            return json.loads(data) if data else None
    except urllib.error.HTTPError as problem:
        if missing_is_fine and problem.code == 404:
            return None
        sys.exit(f'demo: {method} {path} gave {problem.code}: {problem.read().decode()[:500]}')


def anonymous_is_refused():
    try:
        urllib.request.urlopen(url + '/v1/schema', timeout=30)
    except urllib.error.HTTPError as problem:
        return problem.code == 401
    return False


def store(vectors):
    call('DELETE', f'/v1/schema/{CLASS}', missing_is_fine=True)
    call('POST', '/v1/schema', {
        'class': CLASS, 'vectorizer': 'none', 'replicationConfig': {'factor': 3},
        'properties': [{'name': 'title', 'dataType': ['text']}]})
    objects = [{'class': CLASS, 'properties': {'title': f'pattern {i}'}, 'vector': vector} for i, vector in enumerate(vectors)]
    for item in call('POST', '/v1/batch/objects?consistency_level=QUORUM', {'objects': objects}):
        if item['result']['status'] != 'SUCCESS':
            sys.exit(f'demo: an object was not stored: {item["result"]}')


def search(vector):
    query = '{Get{%s(nearVector:{vector:%s},limit:3){title _additional{distance}}}}' % (CLASS, json.dumps(vector))
    reply = call('POST', '/v1/graphql', {'query': query})
    if reply.get('errors'):
        sys.exit(f'demo: the search failed: {reply["errors"]}')
    return reply['data']['Get'][CLASS]


def main():
    if not anonymous_is_refused():
        sys.exit('demo: Weaviate answers without a key, it must not')
    chance = random.Random(8)
    vectors = [[round(chance.uniform(-1, 1), 3) for _ in range(8)] for _ in range(COUNT)]
    began = time.monotonic()
    store(vectors)
    print(f'stored {COUNT} objects, three copies each, in {time.monotonic() - began:.2f} s')
    began = time.monotonic()
    found = search([x + 0.01 for x in vectors[WANTED]])
    print(f'searched for the vector of "pattern {WANTED}", a little off, in {(time.monotonic() - began) * 1000:.0f} ms:')
    for hit in found:
        print(f'  {hit["title"]:<12} distance {hit["_additional"]["distance"]:.4f}')
    if not found or found[0]['title'] != f'pattern {WANTED}':
        sys.exit(f'demo: the search did not find "pattern {WANTED}" first')


main()

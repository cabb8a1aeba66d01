#!/usr/bin/env python3
"""image.py [--user UID] [--env KEY=VALUE]… [--gzip] NAME:TAG OUT.tar ENTRYPOINT SRC=DST…

An OCI image tar of one layer made from plain files and folders, without a container engine. ENTRYPOINT is a JSON list;
a SRC of @PATH makes DST a symbolic link to PATH. The same files always give the same bytes: times, owners and order are fixed."""
import argparse
import gzip
import hashlib
import io
import json
import os
import platform
import tarfile

OCI = 'application/vnd.oci.image.'


def parse():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument('--user', default='')
    parser.add_argument('--env', action='append', default=[])
    parser.add_argument('--gzip', action='store_true')
    parser.add_argument('name')
    parser.add_argument('out')
    parser.add_argument('entrypoint', type=json.loads)
    parser.add_argument('files', nargs='+')
    return parser.parse_args()


def entries(files):
    """(path in the image, file on this machine) of every file, folders walked."""
    for file in files:
        source, target = file.split('=', 1)
        target = target.strip('/')
        if source.startswith('@'):
            yield target, source
            continue
        if not os.path.isdir(source):
            yield target, source
        for folder, _, names in os.walk(source):
            for name in names:
                path = os.path.join(folder, name)
                yield os.path.join(target, os.path.relpath(path, source)), path


def add(tar, path, data=None, size=0, mode=0o755, kind=tarfile.REGTYPE, link=''):
    info = tarfile.TarInfo(path)
    info.mode, info.size, info.type, info.linkname = mode, size, kind, link
    tar.addfile(info, data)


def layer(files):
    buffer, made = io.BytesIO(), set()
    with tarfile.open(fileobj=buffer, mode='w') as tar:
        for path, source in sorted(dict(entries(files)).items()):
            parents = path.split('/')[:-1]
            for depth in range(1, len(parents) + 1):
                parent = '/'.join(parents[:depth])
                if parent not in made:
                    made.add(parent)
                    add(tar, parent, kind=tarfile.DIRTYPE)
            if source.startswith('@'):
                add(tar, path, mode=0o777, kind=tarfile.SYMTYPE, link=source[1:])
                continue
            with open(source, 'rb') as data:
                executable = os.stat(source).st_mode & 0o111
                add(tar, path, data, os.stat(source).st_size, 0o755 if executable else 0o644)
        if 'tmp' not in made:
            add(tar, 'tmp', mode=0o1777, kind=tarfile.DIRTYPE)
    return buffer.getvalue()


def digest(data):
    return 'sha256:' + hashlib.sha256(data).hexdigest()


def descriptor(kind, data, **more):
    return {'mediaType': OCI + kind, 'digest': digest(data), 'size': len(data), **more}


def main():
    options = parse()
    plain = layer(options.files)
    packed = gzip.compress(plain, 6, mtime=0) if options.gzip else plain
    config = json.dumps({
        'architecture': {'x86_64': 'amd64', 'aarch64': 'arm64'}.get(platform.machine(), platform.machine()),
        'os': 'linux',
        'config': {'Entrypoint': options.entrypoint, 'Env': ['PATH=/bin:/usr/bin', *options.env], 'User': options.user, 'WorkingDir': '/'},
        'rootfs': {'type': 'layers', 'diff_ids': [digest(plain)]}}).encode()
    manifest = json.dumps({
        'schemaVersion': 2, 'mediaType': OCI + 'manifest.v1+json', 'config': descriptor('config.v1+json', config),
        'layers': [descriptor('layer.v1.tar' + ('+gzip' if options.gzip else ''), packed)]}).encode()
    names = {'io.containerd.image.name': options.name, 'org.opencontainers.image.ref.name': options.name}
    index = json.dumps({'schemaVersion': 2, 'manifests': [descriptor('manifest.v1+json', manifest, annotations=names)]}).encode()
    unfinished = options.out + '.part'
    with tarfile.open(unfinished, 'w') as tar:
        add(tar, 'oci-layout', io.BytesIO(b'{"imageLayoutVersion":"1.0.0"}'), 30, 0o644)
        add(tar, 'index.json', io.BytesIO(index), len(index), 0o644)
        for blob in (config, manifest, packed):
            add(tar, 'blobs/' + digest(blob).replace(':', '/'), io.BytesIO(blob), len(blob), 0o644)
    os.replace(unfinished, options.out)
    print(f'{options.name} in {options.out}: {len(packed) / 2**20:.1f} MiB' + (f' compressed, {len(plain) / 2**20:.1f} MiB unpacked' if options.gzip else ''))


if __name__ == '__main__':
    main()

"""`lianban export-process` and `lianban import-process`: a process as one file, out and in."""

from argparse import Namespace

from server.commands import answer, opened
from server.parcels import begin_with, take_out
from workflows.clock import office_time
from workflows.drawing.parcel import pack, unpack

MACHINE_ROOM = "机房命令"


def export_process(options: Namespace) -> int:
    """Write a version, or the draft, into a file."""
    with opened() as services:
        with services.database.readers() as reader:
            parcel = take_out(reader, options)
        content = pack(parcel, office_time(services.clock.now()))
    options.file.write_bytes(content)
    sha256 = parcel.bundle.fingerprint()
    data = {"process": parcel.process, "version": parcel.version, "sha256": sha256}
    what = f"v{parcel.version}" if parcel.version else "草稿"
    answer(options, data, f"已导出 {parcel.process} {what}（{len(content)} 字节，{sha256[:12]}）")
    return 0


def import_process(options: Namespace) -> int:
    """Begin a draft with the files of a bundle; a draft that is there stays as it is."""
    parcel = unpack(options.file.read_bytes(), options.file.name)
    process = options.process or parcel.process
    with opened() as services:
        with services.database.writers() as session, session.begin():
            begin_with(session, parcel, process, MACHINE_ROOM, services.clock.now())
    files = sorted(parcel.bundle.files())
    answer(options, {"process": process, "files": files}, f"已导入 {process}：{len(files)} 个文件")
    return 0

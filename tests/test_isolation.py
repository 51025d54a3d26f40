"""Whatever a process that reads foreign data does, the one that asked gets an answer or one sentence, in time."""

import os
import resource
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from accord import i18n, isolation
from accord.errors import FAULT_OF_THE_PROGRAM, AccordError
from accord.isolation import Limits, NoAnswer, Process
from support.paths import SOURCE
from support.processes import python

LIMITS = Limits(seconds=20, memory=1 << 30)
SHORT = Limits(seconds=2, memory=256 << 20)
SMALL = Limits(seconds=20, memory=SHORT.memory)  # a busy machine takes seconds to fill it
RUN = "builtins:exec"  # any code, in the other process


@pytest.fixture
def process() -> Iterator[Process]:
    with Process(LIMITS) as process:
        yield process


def test_what_a_function_returns_and_yields(process: Process) -> None:
    assert process.call("builtins:dict", [["é", 1]], b=[True, None, 1.5]) == {"é": 1, "b": [True, None, 1.5]}
    assert list(process.stream("builtins:iter", range(2501))) == [*range(2501)]
    assert list(process.stream("builtins:iter", ())) == []
    assert process.call(RUN, "print('in the way'); import os; os.system('echo of the answer')") is None


def test_it_speaks_the_language_of_who_asks(process: Process) -> None:
    with i18n.speaking("fr"):
        assert process.call("accord.i18n:language") == "fr"
    assert process.call("accord.i18n:language") == "en"


def test_an_error_keeps_its_sentence_and_its_exit_code(process: Process) -> None:
    with pytest.raises(AccordError, match="Pango is missing") as raised:
        process.call(RUN, "from accord.errors import MachineLacks; raise MachineLacks('Pango is missing')")
    assert raised.value.exit_code == 3
    with i18n.speaking("fr"), pytest.raises(AccordError, match="n’existe pas"):
        process.call("accord.files:read", Path("nowhere"))


def test_what_the_process_started_ends_with_it(tmp_path: Path) -> None:
    """Viewers, for example, and what these start."""
    started = tmp_path / "started"
    below = (
        "import subprocess; one = subprocess.Popen(['sleep', '99']); print(one.pid, flush=True); one.wait()"
    )
    code = (
        f"import subprocess, sys, pathlib; one = subprocess.Popen([sys.executable, '-c', {below!r}], stdout=-1);"
        f" pathlib.Path({str(started)!r}).write_bytes(one.stdout.readline())"
    )
    with Process(LIMITS) as process:
        process.call(RUN, code)
        state = Path(f"/proc/{started.read_text('ascii').strip()}/stat")
        assert state.exists()
    end = time.monotonic() + 10  # the system takes its time to end what was killed
    while (alive := _is_alive(state)) and time.monotonic() < end:
        time.sleep(0.01)
    assert not alive


def _is_alive(state: Path) -> bool:
    """Whether the process with this state in /proc goes on."""
    try:
        return state.read_text("ascii").rpartition(")")[2].split()[0] not in {"Z", "X"}
    except OSError:
        return False


def test_an_error_comes_after_what_was_yielded_before(process: Process) -> None:
    numbers = process.stream("builtins:map", int, "12x3")
    assert [next(numbers), next(numbers)] == [1, 2]
    with pytest.raises(NoAnswer, match="ValueError"):
        next(numbers)


TOO_LONG, BROKEN, FAULTY = (
    "more than 2 seconds to read",
    "crashes the process that reads it",
    "(RecursionError)",
)
TROUBLE = {
    "it never answers": ("import time; time.sleep(60)", TOO_LONG),
    "it works without end": ("while True: pass", TOO_LONG),
    "it takes too much memory": ("x = bytearray(1 << 30)", BROKEN),
    "it takes too much memory bit by bit": ("x = []\nwhile True: x.append(bytearray(1 << 20))", BROKEN),
    "it is killed": ("import os; os.kill(os.getpid(), 9)", BROKEN),
    "it crashes": ("import os; os.abort()", BROKEN),
    "it leaves": ("import os; os._exit(0)", BROKEN),
    "it meets a fault": ("def f(): f()\nf()", FAULTY),
}


@pytest.mark.parametrize("kind", TROUBLE)
def test_trouble_is_one_sentence_and_the_next_file_is_read(kind: str) -> None:
    code, sentence = TROUBLE[kind]
    with Process(SHORT if sentence == TOO_LONG else SMALL) as process:
        first = process.call("os:getpid")
        start = time.monotonic()
        with pytest.raises(NoAnswer) as raised:
            process.call(RUN, code, {})
        assert time.monotonic() - start < 30
        assert process.call("os:getpid") != first
    about = raised.value.about("x.pdf")
    assert sentence in str(about)
    assert str(about).startswith("x.pdf: ")
    assert about.exit_code == (FAULT_OF_THE_PROGRAM if sentence == FAULTY else 2)


FRENCH = {
    "it never answers": "demande plus de 2 secondes de lecture",
    "it crashes": "fait échouer le processus qui le lit",
    "it meets a fault": "a rencontré une erreur interne (RecursionError)",
}


@pytest.mark.parametrize("kind", FRENCH)
def test_trouble_in_french(kind: str) -> None:
    with i18n.speaking("fr"), Process(SHORT) as process, pytest.raises(NoAnswer) as raised:
        process.call(RUN, TROUBLE[kind][0], {})
    assert FRENCH[kind] in str(raised.value)


def test_one_process_serves_several_files_unless_it_dies(process: Process) -> None:
    first = process.call("os:getpid")
    with pytest.raises(AccordError):
        process.call("accord.files:read", Path("nowhere"))
    assert process.call("os:getpid") == first
    os.kill(first, signal.SIGKILL)
    with pytest.raises(NoAnswer, match="crashes the process"):
        process.call("os:getpid")
    assert process.call("os:getpid") != first


def test_time_is_counted_for_each_answer_and_not_while_the_caller_works() -> None:
    with Process(Limits(seconds=2.5, memory=SMALL.memory)) as process:
        for number in process.stream("builtins:iter", range(300)):
            time.sleep(1.3 if number in {50, 250} else 0)
        for _again in range(3):
            process.call("time:sleep", 1)


def test_processor_time_is_counted_for_each_answer(process: Process) -> None:
    process.call(RUN, "import time\nwhile time.process_time() < 2: pass")
    assert process.call("resource:getrlimit", resource.RLIMIT_CPU)[0] >= 2 + LIMITS.seconds


def test_a_process_ends_with_the_block_and_with_who_asks_no_more() -> None:
    with Process(LIMITS) as process:
        number = process.call("os:getpid")
        stream = process.stream("builtins:iter", range(10**6))
        next(stream)
        stream.close()
        assert not alive(number)
        number = process.call("os:getpid")
    assert not alive(number)


def alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


NONSENSE = {
    "words": "print('nonsense')",
    "no object": "print(1)",
    "an object of its own": "print('{}')",
    "a line without end": "while True: print('x' * 10_000, end='')",
    "depth without end": "print('[' * 100_000)",
    "nothing": "import time; time.sleep(60)",
}


@pytest.mark.parametrize("kind", NONSENSE)
def test_a_process_taken_over_by_its_file_is_not_believed(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "START", f"import sys; sys.stdin.buffer.read1()\n{NONSENSE[kind]}")
    monkeypatch.setattr(isolation, "LONGEST_MESSAGE", 1 << 20)
    with Process(SHORT) as process, pytest.raises(NoAnswer):
        process.call("os:getpid")


def test_a_process_that_does_not_even_read_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "START", "import time; time.sleep(60)")
    with Process(SHORT) as process, pytest.raises(NoAnswer, match="more than 2 seconds"):
        process.call("builtins:len", b"x" * (1 << 20))


def test_with_debugging_the_details_are_shown(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for debug in ("", "1"):
        monkeypatch.setenv("ACCORD_DEBUG", debug)
        with Process(LIMITS) as process, pytest.raises(NoAnswer):
            process.call("math:sqrt", -1)
        assert ("Traceback" in capfd.readouterr().err) == bool(debug)


PLANTED = (
    "json.py",
    "pickle.py",
    "accord/__init__.py",
    "accord/isolation.py",
    "csv.py",
    "openpyxl.py",
    "pikepdf.py",
)


def test_what_lies_in_the_current_folder_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "accord").mkdir()
    for name in PLANTED:
        (tmp_path / name).write_text(f"open({str(tmp_path / 'run')!r}, 'w').close()\n", "utf-8")
    code = "from accord.batch import spreadsheet; print(*next(spreadsheet.read(b'a;b').rows).cells)"
    done = python("-P", "-c", code, cwd=tmp_path, PYTHONPATH=str(SOURCE))
    assert done.stdout == "a b\n"
    assert not (tmp_path / "run").exists()


def test_the_program_finds_itself_where_only_its_own_path_says_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        f"import sys; sys.path.append({str(SOURCE)!r}); from accord import isolation\n"
        "with isolation.Process(isolation.Limits(20, 1 << 30)) as process: print(process.call('math:sqrt', 4))"
    )
    monkeypatch.delenv("PYTHONPATH", raising=False)
    done = python("-c", code, cwd=tmp_path)
    assert done.stdout == "2.0\n"


def test_a_copy_knows_what_was_loaded_and_holds_nothing_else(tmp_path: Path) -> None:
    tried = (
        "import colorsys, os, sys\n"
        "from accord.isolation import Limits, Process\n"
        'LOADED = \'"colorsys" in __import__("sys").modules\'\n'
        "sys.path.insert(0, os.getcwd())\n"
        "print('said once', end=' ')\n"
        "with Process(Limits(20, 1 << 30)) as first, Process(Limits(20, 1 << 30)) as second, open(os.devnull):\n"
        "    here = first.stream('builtins:eval', LOADED)\n"
        "    print(second.call('builtins:eval', LOADED), *here, end=' ')\n"
        "    open_files = second.call('os:listdir', '/proc/self/fd')\n"
        "    print(len(open_files) - 1, second.call('builtins:eval', '__import__(\"sys\").path.count(\"%s\")' % os.getcwd()))\n"
    )
    alone = python("-c", tried, cwd=tmp_path, PYTHONPATH=str(SOURCE)).stdout
    assert alone == "said once True True 4 0\n"
    among_threads = (
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
    )
    with_another = python("-c", among_threads + tried, cwd=tmp_path, PYTHONPATH=str(SOURCE)).stdout
    assert with_another == "said once False False 4 0\n"


def test_a_process_works_while_its_caller_does_something_else(process: Process, tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    answer = process.stream("pathlib:Path.touch", begun)
    for _wait in range(200):
        if not begun.exists():
            time.sleep(0.1)
    assert begun.exists()
    assert next(answer) is None


def test_another_request_ends_what_nobody_waited_for(process: Process) -> None:
    number = process.call("os:getpid")
    unread = process.stream("builtins:iter", range(10))
    assert process.call("math:sqrt", 4) == 2
    assert process.call("os:getpid") != number
    del unread
    assert process.call("math:sqrt", 9) == 3


def test_the_first_process_takes_the_copy_that_was_made_ahead() -> None:
    """It is prepared within limits; a second process is made as usual, and what nobody took is ended."""
    tried = (
        "import os\nfrom accord.isolation import Limits, Process, ahead\n"
        "limits = Limits(seconds=20, memory=1 << 30)\n"
        "def prepare():\n    import resource\n"
        "    os.environ['PREPARED'] = str(resource.getrlimit(resource.RLIMIT_AS)[0] >> 20)\n"
        "    raise ValueError\n"
        "with ahead(prepare, limits), Process(limits) as first, Process(limits) as second:\n"
        "    print(first.call('os:getenv', 'PREPARED'), second.call('os:getenv', 'PREPARED'))\n"
        "with ahead(prepare, limits):\n    pass\n"
        "try:\n    os.waitpid(-1, os.WNOHANG)\nexcept ChildProcessError:\n    print('nobody left')\n"
    )
    assert python("-c", tried, PYTHONPATH=str(SOURCE)).stdout == "1024 None\nnobody left\n"

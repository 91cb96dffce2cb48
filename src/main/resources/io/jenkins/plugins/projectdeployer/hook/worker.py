# -*- coding: utf-8 -*-
"""Runs one deployment hook, tells its result and waits to be ended.

One file for Python 3 and for Jython (Python 2.7). It talks with the controller by lines of JSON: during a hook the
worker asks one line and the controller answers one line. Every line of the worker begins with a prefix that the
controller chose for this process; whatever else arrives on the same stream is the hook's output.
"""
import json
import os
import sys

JYTHON = sys.platform.startswith('java')
PY2 = sys.version_info[0] == 2
LONGEST_LINE = 16 * 1024 * 1024
ALARM_GRACE_SECONDS = 5

if PY2:
    text_type = unicode  # noqa: F821 (Python 2 name)
    import thread as threads
else:
    text_type = str
    import _thread as threads


def to_text(value):
    """Any value as text, whatever its own conversion does."""
    if isinstance(value, text_type):
        return value
    if isinstance(value, bytes):
        return value.decode('utf-8', 'replace')
    try:
        return text_type(value)
    except BaseException:
        try:
            return to_text(repr(value))
        except BaseException:
            return u'<%s>' % type(value).__name__


def clip(text, limit):
    """Keeps the beginning and the end: what went wrong stands in a traceback's last line."""
    if len(text) <= limit:
        return text
    head = limit * 3 // 4
    tail = limit - head
    return u'%s\n[... %d characters left out ...]\n%s' % (text[:head], len(text) - limit, text[-tail:])


# ---- the two ends of the pipe

class CPythonEnds(object):
    """Takes file descriptors 0 and 1 for the protocol and gives the hook /dev/null and the output stream instead."""

    def __init__(self):
        if os.name == 'nt':
            import msvcrt
            msvcrt.setmode(0, os.O_BINARY)
            msvcrt.setmode(1, os.O_BINARY)
        self.in_fd = os.dup(0)
        self.out_fd = os.dup(1)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.close(null)
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        self.reader = os.fdopen(self.in_fd, 'rb', 65536)
        self.parent = os.getppid()

    def read_line(self):
        line = self.reader.readline(LONGEST_LINE)
        if not line.endswith(b'\n'):
            self.end(70)
        return line.decode('ascii')

    def write(self, data):
        view = memoryview(data)
        while len(view):
            view = view[os.write(self.out_fd, view):]

    def mark_output(self, mark):
        sys.stderr.flush()
        os.write(2, mark)

    def prepare(self, hello):
        if hasattr(os, 'setsid'):
            try:
                os.setsid()
            except OSError:
                pass  # leads a session already: a launcher saw to it
        self.limit_memory(hello.get('address_space') or 0)
        self.adopt_orphans()
        self.watch_controller()

    def limit_memory(self, address_space):
        try:
            import resource
        except ImportError:
            return
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if address_space:
            hard = resource.getrlimit(resource.RLIMIT_AS)[1]
            if hard != resource.RLIM_INFINITY:
                address_space = min(address_space, hard)
            resource.setrlimit(resource.RLIMIT_AS, (address_space, address_space))

    def adopt_orphans(self):
        """Daemons that the hook starts become children of this process, so the controller finds them (Linux)."""
        if not sys.platform.startswith('linux'):
            return
        try:
            import ctypes
            ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
        except Exception:
            pass  # an interpreter without ctypes: the sweep by environment still finds most

    def watch_controller(self):
        try:
            import select
            poll = select.poll()
        except (ImportError, AttributeError):
            return
        poll.register(self.in_fd, 0)  # reports the hang-up alone and takes no byte

        def watch():
            while not poll.poll(1000) and os.getppid() == self.parent:
                pass
            self.end(71)
        threads.start_new_thread(watch, ())

    def limit_time(self, seconds):
        """Ends the process even while code holds the interpreter's lock and the controller is dead."""
        try:
            import signal
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(int(seconds) + ALARM_GRACE_SECONDS)
        except (ImportError, AttributeError, ValueError):
            pass  # Windows has no alarm: there the watch above and the next start's sweep remain

    def end(self, code):
        """Never returns. All that is left of this process group goes too, at one stroke."""
        try:
            for thing in LAST_THINGS:
                thing()
            if os.getpgrp() == os.getpid():
                import signal
                os.killpg(0, signal.SIGKILL)
        finally:
            os._exit(code)


class JythonEnds(object):
    """Keeps Java's own streams for the protocol; a thread reads, so the end of the controller is noticed at once."""

    def __init__(self):
        from java.io import BufferedReader, ByteArrayInputStream, FileDescriptor, FileInputStream, FileOutputStream
        from java.io import InputStreamReader
        from java.lang import System
        from java.util.concurrent import LinkedBlockingQueue
        from StringIO import StringIO
        self.lines = LinkedBlockingQueue()
        self.out = FileOutputStream(FileDescriptor.out)
        self.err = FileOutputStream(FileDescriptor.err)
        stdin = FileInputStream(getattr(FileDescriptor, 'in'))
        self.reader = BufferedReader(InputStreamReader(stdin, 'US-ASCII'), 65536)
        System.setOut(System.err)
        System.setIn(ByteArrayInputStream(b''))
        sys.stdin = StringIO('')
        sys.stdout = sys.stderr
        sys.meta_path.insert(0, SubprocessOutput())
        threads.start_new_thread(self.read, ())

    def read(self):
        line = self.reader.readLine()
        while line is not None:
            self.lines.put(line)
            line = self.reader.readLine()
        self.end(71)

    def read_line(self):
        return self.lines.take()

    def write(self, data):
        self.out.write(data)

    def mark_output(self, mark):
        sys.stderr.flush()
        self.err.write(mark)

    def prepare(self, hello):
        self.watch_controller()
        if hello.get('ahead'):
            warm_up()

    def watch_controller(self):
        from java.lang import ProcessHandle, Thread
        parent = ProcessHandle.current().parent().orElse(None)
        if parent is None:
            return

        def watch():
            while parent.isAlive():
                Thread.sleep(500)
            self.end(71)
        threads.start_new_thread(watch, ())

    def limit_time(self, seconds):
        """Threads run beside any Python code here, so the watch is enough; this one is for a lost controller."""
        from java.lang import Thread

        def wait():
            Thread.sleep((int(seconds) + ALARM_GRACE_SECONDS) * 1000)
            self.end(72)
        threads.start_new_thread(wait, ())

    def end(self, code):
        """Never returns. The children that are left go too."""
        from java.lang import ProcessHandle, Runtime
        try:
            for thing in LAST_THINGS:
                thing()
            left = ProcessHandle.current().descendants().iterator()
            while left.hasNext():
                left.next().destroyForcibly()
        finally:
            Runtime.getRuntime().halt(code)


class SubprocessOutput(object):
    """Jython lets children inherit Java's stdout, which is the protocol: gives them the hook's output instead."""

    def find_module(self, name, path=None):
        return self if name == 'subprocess' else None

    def load_module(self, name):
        sys.meta_path.remove(self)
        import subprocess
        original = subprocess.Popen.__init__

        def init(popen, *args, **kwargs):
            if len(args) <= 4 and kwargs.get('stdout') is None:
                kwargs['stdout'] = sys.stderr
            if len(args) <= 3 and kwargs.get('stdin') is None:
                kwargs['stdin'] = open(os.devnull)
            original(popen, *args, **kwargs)
        subprocess.Popen.__init__ = init
        return subprocess


# ---- the protocol

class Channel(object):
    """One question, one answer; safe for the hook's threads, closed to its forks."""

    def __init__(self, ends, prefix):
        self.ends = ends
        self.prefix = prefix
        self.lock = threads.allocate_lock()
        self.pid = None if JYTHON else os.getpid()

    def tell(self, message):
        line = u'\n%s%s\n' % (self.prefix, json.dumps(message))
        self.ends.write(line.encode('ascii'))

    def listen(self):
        return json.loads(self.ends.read_line())

    def ask(self, message):
        if self.pid is not None and self.pid != os.getpid():
            raise RuntimeError('The clients work in the hook\'s own process alone, not in a fork of it')
        self.lock.acquire()
        try:
            self.tell(message)
            return self.listen()
        finally:
            self.lock.release()


class Client(object):
    """What the hook gets as a client: becomes the real one when it is first touched, so imports cost only then."""

    def __init__(self, channel, name):
        object.__setattr__(self, '_made', None)
        object.__setattr__(self, '_make', (channel, name))

    def _target(self):
        made = object.__getattribute__(self, '_made')
        if made is None:
            import project_deployer_pipe
            made = project_deployer_pipe.client(*object.__getattribute__(self, '_make'))
            object.__setattr__(self, '_made', made)
        return made

    def __getattribute__(self, name):
        return getattr(object.__getattribute__(self, '_target')(), name)

    def __setattr__(self, name, value):
        setattr(object.__getattribute__(self, '_target')(), name, value)

    def __repr__(self):
        return repr(object.__getattribute__(self, '_target')())


# ---- the hook

class HookResult(object):
    """What a hook returns: HookResult.success(message), HookResult.warning(message) or HookResult.error(message)."""

    def __init__(self, status, message):
        self.status = status
        self.message = message

    @staticmethod
    def success(message=''):
        return HookResult('SUCCESS', message)

    @staticmethod
    def warning(message=''):
        return HookResult('WARNING', message)

    @staticmethod
    def error(message=''):
        return HookResult('ERROR', message)


def without_coding(source):
    """Python 2 refuses a coding line in text that is decoded already: blanked, so line numbers stay."""
    lines = source.split(u'\n')
    for i in range(min(2, len(lines))):
        stripped = lines[i].strip()
        if stripped.startswith(u'#') and u'coding' in stripped:
            lines[i] = u'#'
        elif stripped and not stripped.startswith(u'#'):
            break
    return u'\n'.join(lines)


def compile_hook(source, filename):
    return compile(without_coding(source.replace(u'\r\n', u'\n').replace(u'\r', u'\n')), filename, 'exec', 0, True)


def run_code(code, scope):
    exec(code, scope)


def accepts(function, name):
    """Whether a keyword argument of that name can be passed."""
    code = getattr(getattr(function, '__func__', function), '__code__', None)
    if code is None:
        return True
    count = code.co_argcount + getattr(code, 'co_kwonlyargcount', 0)
    return bool(code.co_flags & 0x08) or name in code.co_varnames[:count]


def failure(message, traceback=u''):
    return {'op': 'result', 'status': 'ERROR', 'failed': True, 'message': message, 'traceback': traceback}


def run_hook(job, clients):
    """Compiles and runs; the answer is always a result, whatever the hook does."""
    filename = 'hook %s' % job['name'].encode('ascii', 'backslashreplace').decode('ascii')
    show_source(filename, job['source'])
    try:
        scope = {'__name__': 'hook', '__builtins__': __builtins__, '__doc__': None, 'HookResult': HookResult}
        run_code(compile_hook(job['source'], filename), scope)
        execute = scope.get('execute')
        if not callable(execute):
            return failure(u'The hook defines no function "execute"; it begins with def execute(requesting_user, '
                           u'deployment_id, deployment_report, deployer_client, automation_client, deploying_user, '
                           u'deployed_project_key, **kwargs)')
        kwargs = dict((str(k), v) for k, v in job['args'].items())
        kwargs.update(clients)
        if accepts(execute, 'secrets'):
            kwargs['secrets'] = job['secrets']
        result = execute(**kwargs)
        if type(result) is not HookResult:
            return failure(u'execute returned %s; it must return HookResult.success(message), '
                           u'HookResult.warning(message) or HookResult.error(message)'
                           % (u'nothing' if result is None else u'an object of type ' + to_text(type(result).__name__)))
        if result.status not in ('SUCCESS', 'WARNING', 'ERROR'):
            return failure(u'execute returned a HookResult whose status is %s' % to_text(result.status)[:100])
        message = u'' if result.message is None else to_text(result.message)
        return {'op': 'result', 'status': result.status, 'message': message, 'traceback': u''}
    except:  # noqa: E722 (Jython: Java's exceptions are no BaseException)
        return describe(filename)


def show_source(filename, source):
    """Lets tracebacks show the hook's lines."""
    if not JYTHON and 'linecache' not in sys.modules:
        # Importing it costs more than a short hook: put off until a traceback is made.
        PENDING_SOURCES[filename] = source
        return
    import linecache
    lines = [line + '\n' for line in source.split('\n')]
    linecache.cache[filename] = (len(source), None, lines, filename)


PENDING_SOURCES = {}


def describe(filename):
    """The exception that is being handled, as a result."""
    kind, error, trace = sys.exc_info()
    try:
        if isinstance(error, SystemExit):
            return failure(u'The hook called sys.exit(%s); it must return a HookResult'
                           % (u'' if error.code is None else to_text(error.code)[:200]))
        import traceback
        for name, source in list(PENDING_SOURCES.items()):
            del PENDING_SOURCES[name]
            show_source(name, source)
        while trace is not None and trace.tb_frame.f_code.co_filename != filename:
            trace = trace.tb_next
        line = None
        walk = trace
        while walk is not None:
            if walk.tb_frame.f_code.co_filename == filename:
                line = walk.tb_lineno
            walk = walk.tb_next
        if isinstance(error, SyntaxError):
            message = u'The hook does not compile: %s' % syntax_message(error, filename)
        else:
            last = u''.join(to_text(part) for part in traceback.format_exception_only(kind, error)).strip()
            message = u'The hook raised %s' % last
            if line is not None:
                message += u' (line %d)' % line
        lines = traceback.format_exception(kind, error, trace)
        return failure(message, u''.join(to_text(part) for part in lines))
    except MemoryError:
        return failure(u'The hook ran out of memory')
    except:  # noqa: E722
        return failure(u'The hook raised %s, and the error could not be described' % to_text(kind))


def syntax_message(error, filename):
    where = u'' if error.lineno is None else u', line %d' % error.lineno
    return u'%s%s' % (to_text(error.msg or type(error).__name__), where)


def check_hook(job):
    """Compiles without running; says which line is wrong."""
    filename = 'hook %s' % job['name'].encode('ascii', 'backslashreplace').decode('ascii')
    try:
        compile_hook(job['source'], filename)
        import ast
        tree = ast.parse(without_coding(job['source'].replace(u'\r\n', u'\n').replace(u'\r', u'\n')), filename)
        if not any(defines_execute(node) for node in tree.body):
            return {'op': 'checked', 'line': None, 'message': u'The hook defines no function "execute"'}
        return {'op': 'checked', 'line': None, 'message': None}
    except SyntaxError:
        error = sys.exc_info()[1]
        return {'op': 'checked', 'line': error.lineno, 'message': to_text(error.msg or type(error).__name__)}
    except:  # noqa: E722
        kind, error = sys.exc_info()[:2]
        return {'op': 'checked', 'line': None, 'message': u'%s: %s' % (to_text(kind.__name__), to_text(error))}


def defines_execute(node):
    """Statements that are not a plain function may still bind the name: those get the benefit of the doubt."""
    name = getattr(node, 'name', None)
    return name == 'execute' or type(node).__name__ not in (
        'FunctionDef', 'ClassDef', 'Expr', 'Pass', 'Assert') and mentions_execute(node)


def mentions_execute(node):
    import ast
    for part in ast.walk(node):
        for field in ('id', 'name', 'asname'):
            if getattr(part, field, None) in ('execute', '*'):
                return True
    return False


def warm_up():
    """Has everything loaded that the hook would otherwise wait for; leaves nothing behind."""
    import project_deployer_client  # noqa: F401
    import project_deployer_pipe  # noqa: F401
    job = {'name': u'warm-up', 'source': u'import json, datetime, re\ndef execute(**kwargs):\n    json.dumps({})\n'
           u'    raise ValueError(1)\n', 'args': {}, 'secrets': {}}
    json.loads(json.dumps(run_hook(job, {})))
    import linecache
    linecache.clearcache()


def own_place():
    """Behind a launcher the controller's directory may be closed to this user: then one of its own."""
    try:
        if os.access(os.getcwd(), os.W_OK | os.X_OK):
            return
    except OSError:
        pass  # not even its name may be known
    import shutil
    import tempfile
    place = tempfile.mkdtemp(prefix='hook-', dir='/tmp' if os.path.isdir('/tmp') else None)
    os.chdir(place)
    os.environ['HOME'] = os.environ['TMPDIR'] = place
    tempfile.tempdir = None
    LAST_THINGS.append(lambda: shutil.rmtree(place, True))


LAST_THINGS = []


def main():
    ends = JythonEnds() if JYTHON else CPythonEnds()
    hello = json.loads(ends.read_line())
    if hello.get('launched'):
        own_place()
    ends.prepare(hello)
    channel = Channel(ends, hello['prefix'])
    mark = (u'\n%s\n' % hello['prefix']).encode('ascii')
    ends.mark_output(mark)
    channel.tell({'op': 'ready', 'python': '%s%s' % (sys.version.split()[0], ' (Jython)' if JYTHON else '')})
    job = channel.listen()
    if job['op'] == 'check':
        result = check_hook(job)
    else:
        ends.limit_time(job['limit'])
        clients = {'automation_client': Client(channel, 'automation'), 'deployer_client': Client(channel, 'deployer')}
        result = run_hook(job, clients)
        for stream in (sys.stdout, sys.stderr, getattr(sys, '__stdout__', None)):
            try:
                stream.flush()
            except BaseException:
                pass  # the hook closed or replaced it
    result['message'] = result['message'] and clip(result['message'], hello['message_limit'])
    if 'traceback' in result:
        result['traceback'] = clip(result['traceback'], hello['traceback_limit'])
    channel.lock.acquire()  # for good: nothing may be asked after the result
    channel.tell(result)
    ends.read_line()  # the controller looks first what the hook has left behind
    ends.end(0)


if __name__ == '__main__':
    main()

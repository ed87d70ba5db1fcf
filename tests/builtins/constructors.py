"""Every native class and what its constructor says: the signature, and the errors of calls with too few
and too many arguments, unknown names and names given twice.

The table is the reference's. A class stands at the margin, before its signature if it has one; under it the
calls, as so many arguments by position and names, with the message of their TypeError. "+" goes on with the
line above, "|" is a new line.

Not in it, because they differ: asyncio.Future and asyncio.Task, which are classes in Python here; the name
in the messages of _csv.Error, "_csv.Error()" in the reference; and the classes behind _md5, _sha1, _sha256,
_sha512 and _sha3, whose functions give objects of _hashlib here; _csv.Reader and _csv.Writer, of which 3.11.2
makes empty ones. types.CodeType binds its arguments, but
then makes nothing.
"""
TABLE = r"""
_ast.AST
  1, 2, 3, 14, 1 zzz=, 2 zzz=: AST constructor takes at most 0 positional arguments
_blake2.blake2b (data=b'', /, *, digest_size=_blake2.blake2b.MAX_DIGEST_SIZE,|        key=b'', salt=b'', person=b'',
    + fanout=1, depth=1, leaf_size=0,|        node_offset=0, node_depth=0, inner_size=0, last_node=False,|       
    + usedforsecurity=True)
  1: object supporting the buffer API required
  2, 2 zzz=: blake2b() takes at most 1 positional argument (2 given)
  3: blake2b() takes at most 1 positional argument (3 given)
  14: blake2b() takes at most 13 arguments (14 given)
  zzz=, 1 zzz=: 'zzz' is an invalid keyword argument for blake2b()
  1 data=: 'data' is an invalid keyword argument for blake2b()
_blake2.blake2s (data=b'', /, *, digest_size=_blake2.blake2s.MAX_DIGEST_SIZE,|        key=b'', salt=b'', person=b'',
    + fanout=1, depth=1, leaf_size=0,|        node_offset=0, node_depth=0, inner_size=0, last_node=False,|       
    + usedforsecurity=True)
  1: object supporting the buffer API required
  2, 2 zzz=: blake2s() takes at most 1 positional argument (2 given)
  3: blake2s() takes at most 1 positional argument (3 given)
  14: blake2s() takes at most 13 arguments (14 given)
  zzz=, 1 zzz=: 'zzz' is an invalid keyword argument for blake2s()
  1 data=: 'data' is an invalid keyword argument for blake2s()
_bz2.BZ2Compressor (compresslevel=9, /)
  1: 'type' object cannot be interpreted as an integer
  2: BZ2Compressor expected at most 1 argument, got 2
  3: BZ2Compressor expected at most 1 argument, got 3
  14: BZ2Compressor expected at most 1 argument, got 14
  zzz=, 1 zzz=, 2 zzz=, 1 compresslevel=: BZ2Compressor() takes no keyword arguments
_bz2.BZ2Decompressor ()
  1, 2, 3, 14, 1 zzz=, 2 zzz=: BZ2Decompressor() takes no positional arguments
  zzz=: BZ2Decompressor() takes no keyword arguments
_collections.OrderedDict
  1, 1 zzz=: 'type' object is not iterable
  2, 2 zzz=: expected at most 1 arguments, got 2
  3: expected at most 1 arguments, got 3
  14: expected at most 1 arguments, got 14
_collections._deque_iterator
  0, zzz=: function takes at least 1 argument (0 given)
  1, 2, 1 zzz=, 2 zzz=: argument 1 must be collections.deque, not type
  3: function takes at most 2 arguments (3 given)
  14: function takes at most 2 arguments (14 given)
_collections._deque_reverse_iterator
  0, zzz=: function takes at least 1 argument (0 given)
  1, 2, 1 zzz=, 2 zzz=: argument 1 must be collections.deque, not type
  3: function takes at most 2 arguments (3 given)
  14: function takes at most 2 arguments (14 given)
_collections._tuplegetter
  0: _tuplegetter expected 2 arguments, got 0
  1: _tuplegetter expected 2 arguments, got 1
  2: 'type' object cannot be interpreted as an integer
  3: _tuplegetter expected 2 arguments, got 3
  14: _tuplegetter expected 2 arguments, got 14
  zzz=, 1 zzz=, 2 zzz=: _tuplegetter() takes no keyword arguments
_collections.defaultdict
  2, 2 zzz=: 'type' object is not iterable
  3: dict expected at most 1 argument, got 2
  14: dict expected at most 1 argument, got 13
_collections.deque
  1: 'type' object is not iterable
  2: an integer is required
  3, 2 zzz=: deque() takes at most 2 arguments (3 given)
  14: deque() takes at most 2 arguments (14 given)
  zzz=, 1 zzz=: 'zzz' is an invalid keyword argument for deque()
_contextvars.Context
  1, 2, 3, 14, zzz=, 1 zzz=, 2 zzz=: Context() does not accept any arguments
_contextvars.ContextVar
  0, zzz=: ContextVar() takes exactly 1 positional argument (0 given)
  1: context variable name must be a str
  2: ContextVar() takes at most 1 positional argument (2 given)
  3, 2 zzz=: ContextVar() takes at most 2 arguments (3 given)
  14: ContextVar() takes at most 2 arguments (14 given)
  1 zzz=: 'zzz' is an invalid keyword argument for ContextVar()
_csv.Dialect
  2, 3: "delimiter" must be string, not type
  14: function takes at most 9 arguments (14 given)
  zzz=, 1 zzz=, 2 zzz=: 'zzz' is an invalid keyword argument for this function
_datetime.date
  0, zzz=: function missing required argument 'year' (pos 1)
  1, 2, 3, 1 zzz=, 2 zzz=: 'type' object cannot be interpreted as an integer
  14: function takes at most 3 arguments (14 given)
_datetime.datetime
  0, zzz=: function missing required argument 'year' (pos 1)
  1, 2, 3, 1 zzz=, 2 zzz=: 'type' object cannot be interpreted as an integer
  14: function takes at most 9 arguments (14 given)
_datetime.time
  1, 2, 3, 1 zzz=, 2 zzz=: 'type' object cannot be interpreted as an integer
  14: function takes at most 6 arguments (14 given)
  zzz=: 'zzz' is an invalid keyword argument for this function
_datetime.timedelta
  1: unsupported type for timedelta days component: type
  2: unsupported type for timedelta seconds component: type
  3: unsupported type for timedelta microseconds component: type
  14: __new__() takes at most 7 arguments (14 given)
  zzz=, 1 zzz=, 2 zzz=: 'zzz' is an invalid keyword argument for __new__()
_datetime.timezone
  0, zzz=: timezone() missing required argument 'offset' (pos 1)
  1, 2, 1 zzz=: timezone() argument 1 must be datetime.timedelta, not type
  3, 2 zzz=: timezone() takes at most 2 arguments (3 given)
  14: timezone() takes at most 2 arguments (14 given)
_functools._lru_cache_wrapper
  0, zzz=: lru_cache() missing required argument 'user_function' (pos 1)
  1, 1 zzz=: lru_cache() missing required argument 'maxsize' (pos 2)
  2, 2 zzz=: lru_cache() missing required argument 'typed' (pos 3)
  3: lru_cache() missing required argument 'cache_info_type' (pos 4)
  14: lru_cache() takes at most 4 arguments (14 given)
_functools.partial
  0, zzz=: type 'partial' takes at least one argument
_io.BufferedRWPair (reader, writer, buffer_size=DEFAULT_BUFFER_SIZE, /)
  0: BufferedRWPair expected at least 2 arguments, got 0
  1: BufferedRWPair expected at least 2 arguments, got 1
  3: 'type' object cannot be interpreted as an integer
  14: BufferedRWPair expected at most 3 arguments, got 14
  zzz=, 1 zzz=, 2 zzz=, 1 reader=: BufferedRWPair() takes no keyword arguments
_io.BufferedRandom (raw, buffer_size=DEFAULT_BUFFER_SIZE)
  0, zzz=: BufferedRandom() missing required argument 'raw' (pos 1)
  2: 'type' object cannot be interpreted as an integer
  3, 2 zzz=: BufferedRandom() takes at most 2 arguments (3 given)
  14: BufferedRandom() takes at most 2 arguments (14 given)
  1 zzz=: 'zzz' is an invalid keyword argument for BufferedRandom()
  1 raw=: argument for BufferedRandom() given by name ('raw') and position (1)
_io.BufferedReader (raw, buffer_size=DEFAULT_BUFFER_SIZE)
  0, zzz=: BufferedReader() missing required argument 'raw' (pos 1)
  2: 'type' object cannot be interpreted as an integer
  3, 2 zzz=: BufferedReader() takes at most 2 arguments (3 given)
  14: BufferedReader() takes at most 2 arguments (14 given)
  1 zzz=: 'zzz' is an invalid keyword argument for BufferedReader()
  1 raw=: argument for BufferedReader() given by name ('raw') and position (1)
_io.BufferedWriter (raw, buffer_size=DEFAULT_BUFFER_SIZE)
  0, zzz=: BufferedWriter() missing required argument 'raw' (pos 1)
  2: 'type' object cannot be interpreted as an integer
  3, 2 zzz=: BufferedWriter() takes at most 2 arguments (3 given)
  14: BufferedWriter() takes at most 2 arguments (14 given)
  1 zzz=: 'zzz' is an invalid keyword argument for BufferedWriter()
  1 raw=: argument for BufferedWriter() given by name ('raw') and position (1)
_io.BytesIO (initial_bytes=b'')
  1: a bytes-like object is required, not 'type'
  2, 1 zzz=, 1 initial_bytes=: BytesIO() takes at most 1 argument (2 given)
  3, 2 zzz=: BytesIO() takes at most 1 argument (3 given)
  14: BytesIO() takes at most 1 argument (14 given)
  zzz=: 'zzz' is an invalid keyword argument for BytesIO()
_io.FileIO (file, mode='r', closefd=True, opener=None)
  0, zzz=: FileIO() missing required argument 'file' (pos 1)
  1: expected str, bytes or os.PathLike object, not type
  2, 3: FileIO() argument 'mode' must be str, not type
  14: FileIO() takes at most 4 arguments (14 given)
  1 zzz=, 2 zzz=: 'zzz' is an invalid keyword argument for FileIO()
  1 file=: argument for FileIO() given by name ('file') and position (1)
_io.IncrementalNewlineDecoder (decoder, translate, errors='strict')
  0, zzz=: IncrementalNewlineDecoder() missing required argument 'decoder' (pos 1)
  1, 1 zzz=, 1 decoder=: IncrementalNewlineDecoder() missing required argument 'translate' (pos 2)
  2, 3: 'type' object cannot be interpreted as an integer
  14: IncrementalNewlineDecoder() takes at most 3 arguments (14 given)
  2 zzz=: 'zzz' is an invalid keyword argument for IncrementalNewlineDecoder()
_io.StringIO (initial_value='', newline='\n')
  1: initial_value must be str or None, not type
  2: newline must be str or None, not type
  3, 2 zzz=: StringIO() takes at most 2 arguments (3 given)
  14: StringIO() takes at most 2 arguments (14 given)
  zzz=, 1 zzz=: 'zzz' is an invalid keyword argument for StringIO()
  1 initial_value=: argument for StringIO() given by name ('initial_value') and position (1)
_io.TextIOWrapper (buffer, encoding=None, errors=None, newline=None,|              line_buffering=False,
    + write_through=False)
  0, zzz=: TextIOWrapper() missing required argument 'buffer' (pos 1)
  2, 3: TextIOWrapper() argument 'encoding' must be str or None, not type
  14: TextIOWrapper() takes at most 6 arguments (14 given)
  1 zzz=, 2 zzz=: 'zzz' is an invalid keyword argument for TextIOWrapper()
  1 buffer=: argument for TextIOWrapper() given by name ('buffer') and position (1)
_json.make_encoder
  0, zzz=: make_encoder() missing required argument 'markers' (pos 1)
  1, 1 zzz=: make_encoder() missing required argument 'default' (pos 2)
  2, 2 zzz=: make_encoder() missing required argument 'encoder' (pos 3)
  3: make_encoder() missing required argument 'indent' (pos 4)
  14: make_encoder() takes at most 9 arguments (14 given)
_json.make_scanner
  0, zzz=: make_scanner() missing required argument 'context' (pos 1)
  2, 1 zzz=: make_scanner() takes at most 1 argument (2 given)
  3, 2 zzz=: make_scanner() takes at most 1 argument (3 given)
  14: make_scanner() takes at most 1 argument (14 given)
_lsprof.Profiler
  2, 3, 2 zzz=: must be real number, not type
  14: Profiler() takes at most 4 arguments (14 given)
  zzz=, 1 zzz=: 'zzz' is an invalid keyword argument for Profiler()
_lzma.LZMACompressor
  1, 2, 3, 1 zzz=, 2 zzz=: 'type' object cannot be interpreted as an integer
  14: LZMACompressor() takes at most 4 arguments (14 given)
  zzz=: 'zzz' is an invalid keyword argument for LZMACompressor()
_lzma.LZMADecompressor (format=FORMAT_AUTO, memlimit=None, filters=None)
  1, 2, 3: 'type' object cannot be interpreted as an integer
  14: LZMADecompressor() takes at most 3 arguments (14 given)
  zzz=, 1 zzz=, 2 zzz=: 'zzz' is an invalid keyword argument for LZMADecompressor()
  1 format=: argument for LZMADecompressor() given by name ('format') and position (1)
_operator.attrgetter
  0: attrgetter expected 1 argument, got 0
  1, 2, 3, 14: attribute name must be a string
  zzz=, 1 zzz=, 2 zzz=: attrgetter() takes no keyword arguments
_operator.itemgetter
  0: itemgetter expected 1 argument, got 0
  zzz=, 1 zzz=, 2 zzz=: itemgetter() takes no keyword arguments
_operator.methodcaller
  0, zzz=: methodcaller needs at least one argument, the method name
  1, 2, 3, 14, 1 zzz=, 2 zzz=: method name must be a string
_pickle.PickleBuffer
  0, zzz=: PickleBuffer() takes exactly 1 positional argument (0 given)
  1: a bytes-like object is required, not 'type'
  2, 1 zzz=: PickleBuffer() takes at most 1 argument (2 given)
  3, 2 zzz=: PickleBuffer() takes at most 1 argument (3 given)
  14: PickleBuffer() takes at most 1 argument (14 given)
_pickle.Pickler (file, protocol=None, fix_imports=True, buffer_callback=None)
  0, zzz=: Pickler() missing required argument 'file' (pos 1)
  1: file must have a 'write' attribute
  2, 3: 'type' object cannot be interpreted as an integer
  14: Pickler() takes at most 4 arguments (14 given)
  1 zzz=, 2 zzz=: 'zzz' is an invalid keyword argument for Pickler()
  1 file=: argument for Pickler() given by name ('file') and position (1)
_pickle.Unpickler (file, *, fix_imports=True, encoding='ASCII', errors='strict',|          buffers=())
  0, zzz=: Unpickler() missing required argument 'file' (pos 1)
  1: file must have 'read' and 'readline' attributes
  2, 2 zzz=: Unpickler() takes exactly 1 positional argument (2 given)
  3: Unpickler() takes exactly 1 positional argument (3 given)
  14: Unpickler() takes at most 5 arguments (14 given)
  1 zzz=: 'zzz' is an invalid keyword argument for Unpickler()
  1 file=: argument for Unpickler() given by name ('file') and position (1)
_queue.SimpleQueue ()
  1, 2, 3, 14, 1 zzz=, 2 zzz=: SimpleQueue() takes no positional arguments
  zzz=: SimpleQueue() takes no keyword arguments
_random.Random
  2, 3, 14: Random() requires 0 or 1 argument
  zzz=, 1 zzz=, 2 zzz=: Random() takes no keyword arguments
_socket.SocketType
  1, 2, 3: 'type' object cannot be interpreted as an integer
  14: socket() takes at most 4 arguments (14 given)
  zzz=, 1 zzz=, 2 zzz=: 'zzz' is an invalid keyword argument for socket()
_struct.Struct
  0, zzz=: Struct() missing required argument 'format' (pos 1)
  1: Struct() argument 1 must be a str or bytes object, not type
  2, 1 zzz=: Struct() takes at most 1 argument (2 given)
  3, 2 zzz=: Struct() takes at most 1 argument (3 given)
  14: Struct() takes at most 1 argument (14 given)
_thread.LockType
  0, 1, 2, 3, 14, zzz=, 1 zzz=, 2 zzz=: cannot create '_thread.lock' instances
_thread._local
  1, 2, 3, 14, zzz=, 1 zzz=, 2 zzz=: Initialization arguments are not supported
_weakref.CallableProxyType
  0, 1, 2, 3, 14, zzz=, 1 zzz=, 2 zzz=: cannot create 'weakref.CallableProxyType' instances
_weakref.ProxyType
  0, 1, 2, 3, 14, zzz=, 1 zzz=, 2 zzz=: cannot create 'weakref.ProxyType' instances
_weakref.ReferenceType
  0, zzz=: __new__ expected at least 1 argument, got 0
  3: __new__ expected at most 2 arguments, got 3
  14: __new__ expected at most 2 arguments, got 14
  1 zzz=, 2 zzz=: ref() takes no keyword arguments
array.ArrayType
  0: array() takes at least 1 argument (0 given)
  1, 2: array() argument 1 must be a unicode character, not type
  3: array() takes at most 2 arguments (3 given)
  14: array() takes at most 2 arguments (14 given)
  zzz=, 1 zzz=, 2 zzz=: array.array() takes no keyword arguments
BaseException
  zzz=, 1 zzz=, 2 zzz=: BaseException() takes no keyword arguments
BaseExceptionGroup
  0, zzz=: BaseExceptionGroup.__new__() takes exactly 2 arguments (0 given)
  1, 1 zzz=: BaseExceptionGroup.__new__() takes exactly 2 arguments (1 given)
  2, 2 zzz=: BaseExceptionGroup.__new__() argument 1 must be str, not type
  3: BaseExceptionGroup.__new__() takes exactly 2 arguments (3 given)
  14: BaseExceptionGroup.__new__() takes exactly 2 arguments (14 given)
ImportError
  zzz=, 1 zzz=, 2 zzz=: 'zzz' is an invalid keyword argument for ImportError()
StopIteration
  zzz=, 1 zzz=, 2 zzz=: StopIteration() takes no keyword arguments
SyntaxError
  2: 'type' object is not iterable
  zzz=, 1 zzz=, 2 zzz=: SyntaxError() takes no keyword arguments
UnicodeDecodeError
  0: function takes exactly 5 arguments (0 given)
  1: function takes exactly 5 arguments (1 given)
  2: function takes exactly 5 arguments (2 given)
  3: function takes exactly 5 arguments (3 given)
  14: function takes exactly 5 arguments (14 given)
  zzz=, 1 zzz=, 2 zzz=: UnicodeDecodeError() takes no keyword arguments
UnicodeTranslateError
  0: function takes exactly 4 arguments (0 given)
  1: function takes exactly 4 arguments (1 given)
  2: function takes exactly 4 arguments (2 given)
  3: function takes exactly 4 arguments (3 given)
  14: function takes exactly 4 arguments (14 given)
  zzz=, 1 zzz=, 2 zzz=: UnicodeTranslateError() takes no keyword arguments
__loader__
  1, 14, zzz=, 1 zzz=, 2 zzz=: BuiltinImporter() takes no arguments
bool
  2: bool expected at most 1 argument, got 2
  3: bool expected at most 1 argument, got 3
  14: bool expected at most 1 argument, got 14
  zzz=, 1 zzz=, 2 zzz=: bool() takes no keyword arguments
bytearray
  1: cannot convert 'type' object to bytearray
  2, 3: bytearray() argument 'encoding' must be str, not type
  14: bytearray() takes at most 3 arguments (14 given)
  zzz=, 1 zzz=, 2 zzz=: 'zzz' is an invalid keyword argument for bytearray()
bytes
  1: cannot convert 'type' object to bytes
  2, 3: bytes() argument 'encoding' must be str, not type
  14: bytes() takes at most 3 arguments (14 given)
  zzz=, 1 zzz=, 2 zzz=: 'zzz' is an invalid keyword argument for bytes()
classmethod
  0: classmethod expected 1 argument, got 0
  2: classmethod expected 1 argument, got 2
  3: classmethod expected 1 argument, got 3
  14: classmethod expected 1 argument, got 14
  zzz=, 1 zzz=, 2 zzz=: classmethod() takes no keyword arguments
complex (real=0, imag=0)
  1, 2: complex() first argument must be a string or a number, not 'type'
  3, 2 zzz=: complex() takes at most 2 arguments (3 given)
  14: complex() takes at most 2 arguments (14 given)
  zzz=, 1 zzz=: 'zzz' is an invalid keyword argument for complex()
  1 real=: argument for complex() given by name ('real') and position (1)
dict
  1, 1 zzz=: 'type' object is not iterable
  2, 2 zzz=: dict expected at most 1 argument, got 2
  3: dict expected at most 1 argument, got 3
  14: dict expected at most 1 argument, got 14
enumerate (iterable, start=0)
  0: enumerate() missing required argument 'iterable'
  1: 'type' object is not iterable
  2: 'type' object cannot be interpreted as an integer
  3, 2 zzz=: enumerate() takes at most 2 arguments (3 given)
  14: enumerate() takes at most 2 arguments (14 given)
  zzz=, 1 zzz=: 'zzz' is an invalid keyword argument for enumerate()
  1 iterable=: 'iterable' is an invalid keyword argument for enumerate()
filter
  0: filter expected 2 arguments, got 0
  1: filter expected 2 arguments, got 1
  2: 'type' object is not iterable
  3: filter expected 2 arguments, got 3
  14: filter expected 2 arguments, got 14
  zzz=, 1 zzz=, 2 zzz=: filter() takes no keyword arguments
float (x=0, /)
  1: float() argument must be a string or a real number, not 'type'
  2: float expected at most 1 argument, got 2
  3: float expected at most 1 argument, got 3
  14: float expected at most 1 argument, got 14
  zzz=, 1 zzz=, 2 zzz=, 1 x=: float() takes no keyword arguments
frozenset
  1: 'type' object is not iterable
  2: frozenset expected at most 1 argument, got 2
  3: frozenset expected at most 1 argument, got 3
  14: frozenset expected at most 1 argument, got 14
  zzz=, 1 zzz=, 2 zzz=: frozenset() takes no keyword arguments
int
  1: int() argument must be a string, a bytes-like object or a real number, not 'type'
  2: 'type' object cannot be interpreted as an integer
  3, 2 zzz=: int() takes at most 2 arguments (3 given)
  14: int() takes at most 2 arguments (14 given)
  zzz=, 1 zzz=: 'zzz' is an invalid keyword argument for int()
list (iterable=(), /)
  1: 'type' object is not iterable
  2: list expected at most 1 argument, got 2
  3: list expected at most 1 argument, got 3
  14: list expected at most 1 argument, got 14
  zzz=, 1 zzz=, 2 zzz=, 1 iterable=: list() takes no keyword arguments
map
  0, 1: map() must have at least two arguments.
  2, 3, 14: 'type' object is not iterable
  zzz=, 1 zzz=, 2 zzz=: map() takes no keyword arguments
memoryview (object)
  0, zzz=: memoryview() missing required argument 'object' (pos 1)
  1: memoryview: a bytes-like object is required, not 'type'
  2, 1 zzz=, 1 object=: memoryview() takes at most 1 argument (2 given)
  3, 2 zzz=: memoryview() takes at most 1 argument (3 given)
  14: memoryview() takes at most 1 argument (14 given)
object ()
  1, 2, 3, 14, zzz=, 1 zzz=, 2 zzz=: object() takes no arguments
property (fget=None, fset=None, fdel=None, doc=None)
  14: property() takes at most 4 arguments (14 given)
  zzz=, 1 zzz=, 2 zzz=: 'zzz' is an invalid keyword argument for property()
  1 fget=: argument for property() given by name ('fget') and position (1)
range
  0: range expected at least 1 argument, got 0
  1, 2, 3: 'type' object cannot be interpreted as an integer
  14: range expected at most 3 arguments, got 14
  zzz=, 1 zzz=, 2 zzz=: range() takes no keyword arguments
reversed (sequence, /)
  0: reversed expected 1 argument, got 0
  1: 'type' object is not reversible
  2: reversed expected 1 argument, got 2
  3: reversed expected 1 argument, got 3
  14: reversed expected 1 argument, got 14
  zzz=, 1 zzz=, 2 zzz=, 1 sequence=: reversed() takes no keyword arguments
set
  1: 'type' object is not iterable
  2: set expected at most 1 argument, got 2
  3: set expected at most 1 argument, got 3
  14: set expected at most 1 argument, got 14
  zzz=, 1 zzz=, 2 zzz=: set() takes no keyword arguments
slice
  0: slice expected at least 1 argument, got 0
  14: slice expected at most 3 arguments, got 14
  zzz=, 1 zzz=, 2 zzz=: slice() takes no keyword arguments
staticmethod
  0: staticmethod expected 1 argument, got 0
  2: staticmethod expected 1 argument, got 2
  3: staticmethod expected 1 argument, got 3
  14: staticmethod expected 1 argument, got 14
  zzz=, 1 zzz=, 2 zzz=: staticmethod() takes no keyword arguments
str
  2, 3: str() argument 'encoding' must be str, not type
  14: str() takes at most 3 arguments (14 given)
  zzz=, 1 zzz=, 2 zzz=: 'zzz' is an invalid keyword argument for str()
super
  3: super() expected at most 2 arguments, got 3
  14: super() expected at most 2 arguments, got 14
  zzz=, 1 zzz=, 2 zzz=: super() takes no keyword arguments
tuple (iterable=(), /)
  1: 'type' object is not iterable
  2: tuple expected at most 1 argument, got 2
  3: tuple expected at most 1 argument, got 3
  14: tuple expected at most 1 argument, got 14
  zzz=, 1 zzz=, 2 zzz=, 1 iterable=: tuple() takes no keyword arguments
type
  0, 2, 14, zzz=, 2 zzz=: type() takes 1 or 3 arguments
  3: type.__new__() argument 1 must be str, not type
  1 zzz=: type() takes no keyword arguments
zip
  1, 2, 3, 14: 'type' object is not iterable
  zzz=, 1 zzz=, 2 zzz=: 'zzz' is an invalid keyword argument for zip()
itertools._grouper
  0: _grouper expected 2 arguments, got 0
  1: _grouper expected 2 arguments, got 1
  2: _grouper() argument 1 must be itertools.groupby, not type
  3: _grouper expected 2 arguments, got 3
  14: _grouper expected 2 arguments, got 14
  zzz=, 1 zzz=, 2 zzz=: _grouper() takes no keyword arguments
itertools._tee (iterable, /)
  0: _tee expected 1 argument, got 0
  1: 'type' object is not iterable
  2: _tee expected 1 argument, got 2
  3: _tee expected 1 argument, got 3
  14: _tee expected 1 argument, got 14
  zzz=, 1 zzz=, 2 zzz=, 1 iterable=: _tee() takes no keyword arguments
itertools._tee_dataobject
  0: teedataobject expected 3 arguments, got 0
  1: teedataobject expected 3 arguments, got 1
  2: teedataobject expected 3 arguments, got 2
  3: teedataobject() argument 2 must be list, not type
  14: teedataobject expected 3 arguments, got 14
  zzz=, 1 zzz=, 2 zzz=: teedataobject() takes no keyword arguments
itertools.accumulate (iterable, func=None, *, initial=None)
  0, zzz=: accumulate() missing required argument 'iterable' (pos 1)
  1, 2: 'type' object is not iterable
  3: accumulate() takes at most 2 positional arguments (3 given)
  14: accumulate() takes at most 3 arguments (14 given)
  1 zzz=, 2 zzz=: 'zzz' is an invalid keyword argument for accumulate()
  1 iterable=: argument for accumulate() given by name ('iterable') and position (1)
itertools.chain
  zzz=, 1 zzz=, 2 zzz=: chain() takes no keyword arguments
itertools.combinations (iterable, r)
  0, zzz=: combinations() missing required argument 'iterable' (pos 1)
  1, 1 zzz=, 1 iterable=: combinations() missing required argument 'r' (pos 2)
  2: 'type' object cannot be interpreted as an integer
  3, 2 zzz=: combinations() takes at most 2 arguments (3 given)
  14: combinations() takes at most 2 arguments (14 given)
itertools.combinations_with_replacement (iterable, r)
  0, zzz=: combinations_with_replacement() missing required argument 'iterable' (pos 1)
  1, 1 zzz=, 1 iterable=: combinations_with_replacement() missing required argument 'r' (pos 2)
  2: 'type' object cannot be interpreted as an integer
  3, 2 zzz=: combinations_with_replacement() takes at most 2 arguments (3 given)
  14: combinations_with_replacement() takes at most 2 arguments (14 given)
itertools.compress (data, selectors)
  0, zzz=: compress() missing required argument 'data' (pos 1)
  1, 1 zzz=, 1 data=: compress() missing required argument 'selectors' (pos 2)
  2: 'type' object is not iterable
  3, 2 zzz=: compress() takes at most 2 arguments (3 given)
  14: compress() takes at most 2 arguments (14 given)
itertools.count (start=0, step=1)
  1, 2: a number is required
  3, 2 zzz=: count() takes at most 2 arguments (3 given)
  14: count() takes at most 2 arguments (14 given)
  zzz=, 1 zzz=: 'zzz' is an invalid keyword argument for count()
  1 start=: argument for count() given by name ('start') and position (1)
itertools.cycle (iterable, /)
  0: cycle expected 1 argument, got 0
  1: 'type' object is not iterable
  2: cycle expected 1 argument, got 2
  3: cycle expected 1 argument, got 3
  14: cycle expected 1 argument, got 14
  zzz=, 1 zzz=, 2 zzz=, 1 iterable=: cycle() takes no keyword arguments
itertools.dropwhile (predicate, iterable, /)
  0: dropwhile expected 2 arguments, got 0
  1: dropwhile expected 2 arguments, got 1
  2: 'type' object is not iterable
  3: dropwhile expected 2 arguments, got 3
  14: dropwhile expected 2 arguments, got 14
  zzz=, 1 zzz=, 2 zzz=, 1 predicate=: dropwhile() takes no keyword arguments
itertools.filterfalse (function, iterable, /)
  0: filterfalse expected 2 arguments, got 0
  1: filterfalse expected 2 arguments, got 1
  2: 'type' object is not iterable
  3: filterfalse expected 2 arguments, got 3
  14: filterfalse expected 2 arguments, got 14
  zzz=, 1 zzz=, 2 zzz=, 1 function=: filterfalse() takes no keyword arguments
itertools.groupby (iterable, key=None)
  0, zzz=: groupby() missing required argument 'iterable' (pos 1)
  1, 2: 'type' object is not iterable
  3, 2 zzz=: groupby() takes at most 2 arguments (3 given)
  14: groupby() takes at most 2 arguments (14 given)
  1 zzz=: 'zzz' is an invalid keyword argument for groupby()
  1 iterable=: argument for groupby() given by name ('iterable') and position (1)
itertools.islice
  0: islice expected at least 2 arguments, got 0
  1: islice expected at least 2 arguments, got 1
  14: islice expected at most 4 arguments, got 14
  zzz=, 1 zzz=, 2 zzz=: islice() takes no keyword arguments
itertools.pairwise (iterable, /)
  0: pairwise expected 1 argument, got 0
  1: 'type' object is not iterable
  2: pairwise expected 1 argument, got 2
  3: pairwise expected 1 argument, got 3
  14: pairwise expected 1 argument, got 14
  zzz=, 1 zzz=, 2 zzz=, 1 iterable=: pairwise() takes no keyword arguments
itertools.permutations (iterable, r=None)
  0, zzz=: permutations() missing required argument 'iterable' (pos 1)
  1, 2: 'type' object is not iterable
  3, 2 zzz=: permutations() takes at most 2 arguments (3 given)
  14: permutations() takes at most 2 arguments (14 given)
  1 zzz=: 'zzz' is an invalid keyword argument for permutations()
  1 iterable=: argument for permutations() given by name ('iterable') and position (1)
itertools.product
  1, 2, 3, 14: 'type' object is not iterable
  zzz=, 1 zzz=, 2 zzz=: 'zzz' is an invalid keyword argument for product()
itertools.repeat
  0, zzz=: repeat() missing required argument 'object' (pos 1)
  14: repeat() takes at most 2 arguments (14 given)
  1 zzz=: 'zzz' is an invalid keyword argument for repeat()
  2 zzz=: repeat() takes at most 2 arguments (3 given)
itertools.starmap (function, iterable, /)
  0: starmap expected 2 arguments, got 0
  1: starmap expected 2 arguments, got 1
  14: starmap expected 2 arguments, got 14
  zzz=, 1 zzz=, 2 zzz=: starmap() takes no keyword arguments
itertools.takewhile (predicate, iterable, /)
  0: takewhile expected 2 arguments, got 0
  1: takewhile expected 2 arguments, got 1
  2: 'type' object is not iterable
  3: takewhile expected 2 arguments, got 3
  14: takewhile expected 2 arguments, got 14
  zzz=, 1 zzz=, 2 zzz=, 1 predicate=: takewhile() takes no keyword arguments
itertools.zip_longest
  1, 2, 3, 14: 'type' object is not iterable
  zzz=, 1 zzz=, 2 zzz=: zip_longest() got an unexpected keyword argument
posix.DirEntry
  0, 1, 2, 3, 14, zzz=, 1 zzz=, 2 zzz=: cannot create 'posix.DirEntry' instances
posix.stat_result
  0, zzz=: structseq() missing required argument 'sequence' (pos 1)
  1, 2: constructor requires a sequence
  3, 2 zzz=: structseq() takes at most 2 arguments (3 given)
  14: structseq() takes at most 2 arguments (14 given)
  1 zzz=: 'zzz' is an invalid keyword argument for structseq()
select.epoll
  1, 2: 'type' object cannot be interpreted as an integer
  3, 2 zzz=: epoll() takes at most 2 arguments (3 given)
  14: epoll() takes at most 2 arguments (14 given)
  zzz=, 1 zzz=: 'zzz' is an invalid keyword argument for epoll()
time.struct_time
  0, zzz=: structseq() missing required argument 'sequence' (pos 1)
  1, 2: constructor requires a sequence
  3, 2 zzz=: structseq() takes at most 2 arguments (3 given)
  14: structseq() takes at most 2 arguments (14 given)
  1 zzz=: 'zzz' is an invalid keyword argument for structseq()
types.AsyncGeneratorType
  0, 1, 2, 3, 14, zzz=, 1 zzz=, 2 zzz=: cannot create 'async_generator' instances
types.BuiltinFunctionType
  0, 1, 2, 3, 14, zzz=, 1 zzz=, 2 zzz=: cannot create 'builtin_function_or_method' instances
types.CellType ([contents])
  14: cell expected at most 1 argument, got 14
  zzz=, 1 zzz=, 2 zzz=, 1 [contents]=: cell() takes no keyword arguments
types.ClassMethodDescriptorType
  0, 1, 2, 3, 14, zzz=, 1 zzz=, 2 zzz=: cannot create 'classmethod_descriptor' instances
types.CoroutineType
  0, 1, 2, 3, 14, zzz=, 1 zzz=, 2 zzz=: cannot create 'coroutine' instances
types.EllipsisType
  1, 2, 3, 14, zzz=, 1 zzz=, 2 zzz=: EllipsisType takes no arguments
types.FrameType
  0, 1, 2, 3, 14, zzz=, 1 zzz=, 2 zzz=: cannot create 'frame' instances
types.FunctionType (code, globals, name=None, argdefs=None, closure=None)
  0, zzz=: function() missing required argument 'code' (pos 1)
  1, 1 zzz=, 1 code=: function() missing required argument 'globals' (pos 2)
  2, 3: function() argument 'code' must be code, not type
  14: function() takes at most 5 arguments (14 given)
  2 zzz=: 'zzz' is an invalid keyword argument for function()
types.GeneratorType
  0, 1, 2, 3, 14, zzz=, 1 zzz=, 2 zzz=: cannot create 'generator' instances
types.GetSetDescriptorType
  0, 1, 2, 3, 14, zzz=, 1 zzz=, 2 zzz=: cannot create 'getset_descriptor' instances
types.MappingProxyType
  0, zzz=: mappingproxy() missing required argument 'mapping' (pos 1)
  1: mappingproxy() argument must be a mapping, not type
  2, 1 zzz=: mappingproxy() takes at most 1 argument (2 given)
  3, 2 zzz=: mappingproxy() takes at most 1 argument (3 given)
  14: mappingproxy() takes at most 1 argument (14 given)
types.MemberDescriptorType
  0, 1, 2, 3, 14, zzz=, 1 zzz=, 2 zzz=: cannot create 'member_descriptor' instances
types.MethodDescriptorType
  0, 1, 2, 3, 14, zzz=, 1 zzz=, 2 zzz=: cannot create 'method_descriptor' instances
types.MethodType (function, instance, /)
  0: method expected 2 arguments, got 0
  1: method expected 2 arguments, got 1
  3: method expected 2 arguments, got 3
  14: method expected 2 arguments, got 14
  zzz=, 1 zzz=, 2 zzz=, 1 function=: method() takes no keyword arguments
types.MethodWrapperType
  0, 1, 2, 3, 14, zzz=, 1 zzz=, 2 zzz=: cannot create 'method-wrapper' instances
types.ModuleType (name, doc=None)
  0, zzz=: module() missing required argument 'name' (pos 1)
  1, 2: module() argument 'name' must be str, not type
  3, 2 zzz=: module() takes at most 2 arguments (3 given)
  14: module() takes at most 2 arguments (14 given)
  1 zzz=: 'zzz' is an invalid keyword argument for module()
  1 name=: argument for module() given by name ('name') and position (1)
types.NoneType
  1, 2, 3, 14, zzz=, 1 zzz=, 2 zzz=: NoneType takes no arguments
types.NotImplementedType
  1, 2, 3, 14, zzz=, 1 zzz=, 2 zzz=: NotImplementedType takes no arguments
types.TracebackType
  0, zzz=: TracebackType() missing required argument 'tb_next' (pos 1)
  1, 1 zzz=: TracebackType() missing required argument 'tb_frame' (pos 2)
  2, 2 zzz=: TracebackType() missing required argument 'tb_lasti' (pos 3)
  3: TracebackType() missing required argument 'tb_lineno' (pos 4)
  14: TracebackType() takes at most 4 arguments (14 given)
types.WrapperDescriptorType
  0, 1, 2, 3, 14, zzz=, 1 zzz=, 2 zzz=: cannot create 'wrapper_descriptor' instances
unicodedata.UCD
  0, 1, 2, 3, 14, zzz=, 1 zzz=, 2 zzz=: cannot create 'unicodedata.UCD' instances
_hashlib.HASH (name, string=b'')
  0, 1, 2, 3, 14, zzz=, 1 zzz=, 2 zzz=, 1 name=: cannot create '_hashlib.HASH' instances
_hashlib.HASHXOF (name, string=b'')
  0, 1, 2, 3, 14, zzz=, 1 zzz=, 2 zzz=, 1 name=: cannot create '_hashlib.HASHXOF' instances
_hashlib.UnsupportedDigestmodError
  zzz=, 1 zzz=, 2 zzz=: UnsupportedDigestmodError() takes no keyword arguments
_io.BlockingIOError
  zzz=, 1 zzz=, 2 zzz=: BlockingIOError() takes no keyword arguments
_io.UnsupportedOperation
  zzz=, 1 zzz=, 2 zzz=: UnsupportedOperation() takes no keyword arguments
_lzma.LZMAError
  zzz=, 1 zzz=, 2 zzz=: LZMAError() takes no keyword arguments
_lsprof.profiler_entry
  0, zzz=: structseq() missing required argument 'sequence' (pos 1)
  1, 2: constructor requires a sequence
  3, 2 zzz=: structseq() takes at most 2 arguments (3 given)
  14: structseq() takes at most 2 arguments (14 given)
  1 zzz=: 'zzz' is an invalid keyword argument for structseq()
_lsprof.profiler_subentry
  0, zzz=: structseq() missing required argument 'sequence' (pos 1)
  1, 2: constructor requires a sequence
  3, 2 zzz=: structseq() takes at most 2 arguments (3 given)
  14: structseq() takes at most 2 arguments (14 given)
  1 zzz=: 'zzz' is an invalid keyword argument for structseq()
_pickle.PickleError
  zzz=, 1 zzz=, 2 zzz=: PickleError() takes no keyword arguments
_pickle.PicklingError
  zzz=, 1 zzz=, 2 zzz=: PicklingError() takes no keyword arguments
_pickle.UnpicklingError
  zzz=, 1 zzz=, 2 zzz=: UnpicklingError() takes no keyword arguments
_queue.Empty
  zzz=, 1 zzz=, 2 zzz=: Empty() takes no keyword arguments
_struct.error
  zzz=, 1 zzz=, 2 zzz=: error() takes no keyword arguments
_thread._ExceptHookArgs
  0, zzz=: structseq() missing required argument 'sequence' (pos 1)
  1, 2: constructor requires a sequence
  3, 2 zzz=: structseq() takes at most 2 arguments (3 given)
  14: structseq() takes at most 2 arguments (14 given)
  1 zzz=: 'zzz' is an invalid keyword argument for structseq()
_thread.error
  zzz=, 1 zzz=, 2 zzz=: RuntimeError() takes no keyword arguments
collections._chain
  zzz=, 1 zzz=, 2 zzz=: chain() takes no keyword arguments
collections._repeat
  0, zzz=: repeat() missing required argument 'object' (pos 1)
  2: 'type' object cannot be interpreted as an integer
  3, 2 zzz=: repeat() takes at most 2 arguments (3 given)
  14: repeat() takes at most 2 arguments (14 given)
  1 zzz=: 'zzz' is an invalid keyword argument for repeat()
collections._starmap (function, iterable, /)
  0: starmap expected 2 arguments, got 0
  1: starmap expected 2 arguments, got 1
  2: 'type' object is not iterable
  3: starmap expected 2 arguments, got 3
  14: starmap expected 2 arguments, got 14
  zzz=, 1 zzz=, 2 zzz=, 1 function=: starmap() takes no keyword arguments
types.CodeType (argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize,|     flags, codestring, constants,
    + names, varnames, filename, name,|     qualname, firstlineno, linetable, exceptiontable, freevars=(),|    
    + cellvars=(), /)
  0: code expected at least 16 arguments, got 0
  1: code expected at least 16 arguments, got 1
  2: code expected at least 16 arguments, got 2
  3: code expected at least 16 arguments, got 3
  14: code expected at least 16 arguments, got 14
  zzz=, 1 zzz=, 2 zzz=, 1 argcount=: code() takes no keyword arguments
zlib.error
  zzz=, 1 zzz=, 2 zzz=: error() takes no keyword arguments
"""


class Argument:
    """Nothing that a constructor could want."""


def rows(text):
    """(class, signature or None, [(calls, message)])"""
    lines = text.replace("\n    +", "").strip().split("\n")
    for line in lines:
        if not line.startswith(" "):
            name, _, signature = line.partition(" ")
            row = (name, signature.replace("|", "\n") or None, [])
            yield row
        else:
            calls, _, message = line.strip().partition(": ")
            row[2].append((calls.split(", "), message))


def find(name):
    module, _, name = name.rpartition(".")
    return getattr(__import__(module or "builtins", fromlist=["x"]), name)


def message(cls, call):
    count, _, name = call.rpartition(" ")
    if not name.endswith("="):
        count, name = call, ""
    try:
        cls(*[Argument] * int(count or 0), **({name[:-1]: 1} if name else {}))
    except TypeError as e:
        return str(e)
    return "no TypeError"


checked = 0
for name, signature, groups in list(rows(TABLE)):
    cls = find(name)
    assert cls.__text_signature__ == signature, (name, cls.__text_signature__)
    for calls, expected in groups:
        for call in calls:
            assert message(cls, call) == expected, (name, call, message(cls, call), expected)
            checked += 1
assert checked > 600, checked

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WsAot.Transport.Tls;

/// <summary>
/// The BIO that all TLS connections of a loop share, one after the other. Through it, OpenSSL reads and writes ciphertext in the loop's two
/// buffers. A connection that is not being served has nothing in them.
/// </summary>
internal sealed unsafe class LoopBio : IDisposable
{
    /// <summary>A record of 16 KiB with its header and what the cipher adds (RFC 8446 section 5.2).</summary>
    public const int MaxRecordBytes = (16 * 1024) + 512;

    /// <summary>A whole flight of the handshake fits, with a long chain of certificates.</summary>
    private const int MinOutputBytes = 64 * 1024;

    /// <summary>
    /// Each read takes up to one record of the largest size, and a data record needs two reads. A flood of key updates, each of which costs
    /// ten microseconds, has about 600 of them in one read.
    /// </summary>
    private const int ReadsBeforeData = 3;

    private static readonly Lock s_creating = new();
    private static nint s_method;

    private readonly byte[] _input;
    private readonly byte[] _output;
    private readonly State* _state;

    public LoopBio(int inputBytes, int outputBytes)
    {
        _input = GC.AllocateUninitializedArray<byte>(inputBytes, pinned: true);
        _output = GC.AllocateUninitializedArray<byte>(Math.Max(outputBytes, MinOutputBytes) + MaxRecordBytes, pinned: true);
        _state = (State*)NativeMemory.AllocZeroed((nuint)sizeof(State));
        _state->Output = Pointer(_output);
        _state->OutputCapacity = _output.Length;
        Bio = OpenSsl.BioNew(GetMethod());
        OpenSsl.BioSetData(Bio, _state);
        OpenSsl.BioSetInit(Bio, 1);
    }

    public nint Bio { get; }

    /// <summary>The buffer into which ciphertext is received.</summary>
    public Span<byte> Input => _input;

    /// <summary>Whether OpenSSL has taken all ciphertext that was received.</summary>
    public bool IsInputEmpty => _state->InputLength == 0;

    /// <summary>The ciphertext to send.</summary>
    public byte* Output => _state->Output;

    public int OutputLength => _state->OutputLength;

    /// <summary>Whether another record might not fit.</summary>
    public bool IsOutputFull => _state->OutputCapacity - _state->OutputLength < MaxRecordBytes;

    public void BeginInput(int length)
    {
        _state->Input = Pointer(_input);
        _state->InputLength = length;
        _state->ReadsLeft = int.MaxValue;
    }

    /// <summary>Expects data from now on. If OpenSSL has read this often without data, it is told that there is no input.</summary>
    public void ExpectData() => _state->ReadsLeft = ReadsBeforeData;

    public void DropInput() => _state->InputLength = 0;

    public void ClearOutput() => _state->OutputLength = 0;

    public void Dispose()
    {
        OpenSsl.BioFree(Bio);
        NativeMemory.Free(_state);
    }

    private static nint GetMethod()
    {
        lock (s_creating)
        {
            if (s_method != 0) return s_method;
            fixed (byte* name = "WsAot"u8)
            {
                // Never freed: BIOs of all loops of the process use it.
                nint method = OpenSsl.BioMethodNew(OpenSsl.BioGetNewIndex() | OpenSsl.BIO_TYPE_SOURCE_SINK, name);
                OpenSsl.BioMethodSetRead(method, &OnRead);
                OpenSsl.BioMethodSetWrite(method, &OnWrite);
                OpenSsl.BioMethodSetControl(method, &OnControl);
                return s_method = method;
            }
        }
    }

    [UnmanagedCallersOnly]
    private static int OnRead(nint bio, byte* destination, int length)
    {
        var state = (State*)OpenSsl.BioGetData(bio);
        int count = Math.Min(length, state->InputLength);
        if (count <= 0 || state->ReadsLeft-- == 0) return Retry(bio, state, OpenSsl.BIO_FLAGS_READ);
        if (state->IsRetrying) ClearRetry(bio, state);
        Unsafe.CopyBlockUnaligned(destination, state->Input, (uint)count);
        state->Input += count;
        state->InputLength -= count;
        return count;
    }

    [UnmanagedCallersOnly]
    private static int OnWrite(nint bio, byte* source, int length)
    {
        var state = (State*)OpenSsl.BioGetData(bio);
        int count = Math.Min(length, state->OutputCapacity - state->OutputLength);
        if (count <= 0) return Retry(bio, state, OpenSsl.BIO_FLAGS_WRITE);
        if (state->IsRetrying) ClearRetry(bio, state);
        Unsafe.CopyBlockUnaligned(state->Output + state->OutputLength, source, (uint)count);
        state->OutputLength += count;
        return count;
    }

    [UnmanagedCallersOnly]
    private static nint OnControl(nint bio, int command, nint number, nint pointer) => command == OpenSsl.BIO_CTRL_FLUSH ? 1 : 0;

    private static int Retry(nint bio, State* state, int direction)
    {
        OpenSsl.BioSetFlags(bio, direction | OpenSsl.BIO_FLAGS_SHOULD_RETRY);
        state->IsRetrying = true;
        return -1;
    }

    private static void ClearRetry(nint bio, State* state)
    {
        OpenSsl.BioClearFlags(bio, OpenSsl.BIO_FLAGS_READ | OpenSsl.BIO_FLAGS_WRITE | OpenSsl.BIO_FLAGS_SHOULD_RETRY);
        state->IsRetrying = false;
    }

    /// <summary>The loop's buffers stay pinned.</summary>
    private static byte* Pointer(byte[] pinned) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));

    /// <summary>Outside the managed heap, so that the callbacks need no handle to find it.</summary>
    private struct State
    {
        public byte* Input;
        public byte* Output;
        public int InputLength;
        public int OutputLength;
        public int OutputCapacity;
        public int ReadsLeft;
        public bool IsRetrying;
    }
}

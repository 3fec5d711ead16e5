using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WsAot.Transport.Output;

/// <summary>
/// The loop's one buffer for output. While a connection is being served, it gathers what that connection writes (corking), so that any
/// number of messages leave in one system call. At other times it gathers what waits in a queue. A large body in the receive buffer is not
/// copied: the send buffer keeps a reference to it.
/// </summary>
internal sealed unsafe class SendBuffer(int capacity)
{
    /// <summary>The most references. A system call takes 1,024 slices, including those between the references.</summary>
    public const int MaxReferences = 64;

    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(capacity, pinned: true);
    private readonly Reference[] _references = new Reference[MaxReferences];
    private readonly OutputSlice[] _slices = GC.AllocateArray<OutputSlice>((2 * MaxReferences) + 1, pinned: true);
    private int _length;
    private int _referencedBytes;

    /// <summary>The bytes that can be copied into it.</summary>
    public int Capacity => capacity;

    public bool IsEmpty => _length + _referencedBytes == 0;

    /// <summary>The bytes to be sent, those that are referenced included.</summary>
    public int TotalBytes => _length + _referencedBytes;

    /// <summary>The bytes that were copied.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>The copied bytes as one slice, to send when there are no references. Valid until the buffer is changed.</summary>
    public OutputSlice WrittenSlice => new(Pointer(_bytes), _length);

    /// <summary>The references, in their order.</summary>
    public ReadOnlySpan<Reference> References => _references.AsSpan(0, ReferenceCount);

    public int ReferenceCount { get; private set; }

    /// <summary>The whole buffer, for use while nothing is written.</summary>
    public Span<byte> Scratch
    {
        get
        {
            Debug.Assert(IsEmpty, "The buffer holds what a connection wrote.");
            return _bytes;
        }
    }

    public bool TryAppend(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        if (!TryReserve(head.Length + body.Length, out Span<byte> reserved)) return false;
        head.CopyTo(reserved);
        body.CopyTo(reserved[head.Length..]);
        return true;
    }

    /// <summary>Reserves room for bytes that the caller writes there at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReserve(int length, out Span<byte> reserved)
    {
        int start = _length;
        if ((uint)length > (uint)(_bytes.Length - start))
        {
            reserved = default;
            return false;
        }

        _length = start + length;
        // AsSpan would repeat the check above, which takes ten instructions for each frame.
        reserved = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytes), start), length);
        return true;
    }

    /// <summary>Appends a head, and a reference to the body: it must stay where it is, unchanged, until it has been sent.</summary>
    /// <param name="head">Copied.</param>
    /// <param name="array">Where the body lies; pinned.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="length">Its length.</param>
    public bool TryAppendReference(ReadOnlySpan<byte> head, byte[] array, int start, int length)
    {
        if (ReferenceCount == MaxReferences || !TryAppend(head, default)) return false;
        _references[ReferenceCount++] = new Reference(_length, array, start, length);
        _referencedBytes += length;
        return true;
    }

    /// <summary>The slices that hold all bytes, in order. The span is valid until the buffer is changed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<OutputSlice> GetSlices()
    {
        Debug.Assert(!IsEmpty, "An empty buffer has nothing to send.");
        if (ReferenceCount > 0) return GetSlicesBetweenReferences();
        _slices[0] = new OutputSlice(Pointer(_bytes), _length);
        return new ReadOnlySpan<OutputSlice>(in _slices[0]);
    }

    private ReadOnlySpan<OutputSlice> GetSlicesBetweenReferences()
    {
        int count = 0;
        int from = 0;
        byte* written = Pointer(_bytes);
        foreach (Reference reference in References)
        {
            if (reference.At > from) _slices[count++] = new OutputSlice(written + from, reference.At - from);
            _slices[count++] = new OutputSlice(Pointer(reference.Array) + reference.Start, reference.Length);
            from = reference.At;
        }

        if (_length > from) _slices[count++] = new OutputSlice(written + from, _length - from);
        return _slices.AsSpan(0, count);
    }

    public void Clear()
    {
        if (ReferenceCount > 0) ClearReferences();
        _length = 0;
    }

    private void ClearReferences()
    {
        _references.AsSpan(0, ReferenceCount).Clear();
        (ReferenceCount, _referencedBytes) = (0, 0);
    }

    /// <summary>The loop's buffers stay pinned.</summary>
    private static byte* Pointer(byte[] pinned) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));

    /// <summary>Bytes in another array, which follow the first <c>At</c> bytes of the buffer.</summary>
    internal readonly record struct Reference(int At, byte[] Array, int Start, int Length);
}

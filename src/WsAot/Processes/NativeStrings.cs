using System.Runtime.InteropServices;

namespace WsAot.Processes;

/// <summary>Strings in the form that C uses for a command line and an environment: an array of pointers that ends with null.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private readonly byte** _pointers;

    public NativeStrings(IReadOnlyList<byte[]> strings)
    {
        int pointerBytes = (strings.Count + 1) * sizeof(byte*);
        int bytes = 0;
        foreach (byte[] one in strings) bytes += one.Length + 1;
        _pointers = (byte**)NativeMemory.AllocZeroed((nuint)(pointerBytes + bytes));
        byte* next = (byte*)_pointers + pointerBytes;
        for (int i = 0; i < strings.Count; i++)
        {
            _pointers[i] = next;
            strings[i].CopyTo(new Span<byte>(next, strings[i].Length));
            next += strings[i].Length + 1;
        }
    }

    public byte** Pointers => _pointers;

    public void Dispose() => NativeMemory.Free(_pointers);
}

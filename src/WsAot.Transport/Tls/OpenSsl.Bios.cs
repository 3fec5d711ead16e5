using System.Runtime.InteropServices;

namespace WsAot.Transport.Tls;

/// <content>BIOs: what OpenSSL reads from and writes to.</content>
internal static unsafe partial class OpenSsl
{
    [LibraryImport(CryptoLibrary, EntryPoint = "BIO_get_new_index")]
    public static partial int BioGetNewIndex();

    [LibraryImport(CryptoLibrary, EntryPoint = "BIO_meth_new")]
    public static partial nint BioMethodNew(int type, byte* name);

    [LibraryImport(CryptoLibrary, EntryPoint = "BIO_meth_set_read")]
    public static partial void BioMethodSetRead(nint method, delegate* unmanaged<nint, byte*, int, int> read);

    [LibraryImport(CryptoLibrary, EntryPoint = "BIO_meth_set_write")]
    public static partial void BioMethodSetWrite(nint method, delegate* unmanaged<nint, byte*, int, int> write);

    [LibraryImport(CryptoLibrary, EntryPoint = "BIO_meth_set_ctrl")]
    public static partial void BioMethodSetControl(nint method, delegate* unmanaged<nint, int, nint, nint, nint> control);

    [LibraryImport(CryptoLibrary, EntryPoint = "BIO_new")]
    public static partial nint BioNew(nint method);

    [LibraryImport(CryptoLibrary, EntryPoint = "BIO_s_mem")]
    public static partial nint BioMemoryMethod();

    [LibraryImport(CryptoLibrary, EntryPoint = "BIO_new_mem_buf")]
    public static partial nint BioNewMemory(byte* bytes, int length);

    [LibraryImport(CryptoLibrary, EntryPoint = "BIO_free")]
    public static partial void BioFree(nint bio);

    [LibraryImport(CryptoLibrary, EntryPoint = "BIO_up_ref")]
    public static partial void BioUpRef(nint bio);

    [LibraryImport(CryptoLibrary, EntryPoint = "BIO_ctrl")]
    public static partial nint BioControl(nint bio, int command, nint number, void* pointer);

    [LibraryImport(CryptoLibrary, EntryPoint = "BIO_set_data")]
    public static partial void BioSetData(nint bio, void* data);

    // These three read and write a field of the BIO, and nothing else.
    [SuppressGCTransition]
    [LibraryImport(CryptoLibrary, EntryPoint = "BIO_get_data")]
    public static partial void* BioGetData(nint bio);

    [SuppressGCTransition]
    [LibraryImport(CryptoLibrary, EntryPoint = "BIO_set_flags")]
    public static partial void BioSetFlags(nint bio, int flags);

    [SuppressGCTransition]
    [LibraryImport(CryptoLibrary, EntryPoint = "BIO_clear_flags")]
    public static partial void BioClearFlags(nint bio, int flags);

    [LibraryImport(CryptoLibrary, EntryPoint = "BIO_set_init")]
    public static partial void BioSetInit(nint bio, int isInitialized);
}

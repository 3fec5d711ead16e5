using System.Runtime.InteropServices;

namespace WsAot.Transport.Tls;

/// <content>The ciphers that protect session tickets.</content>
internal static unsafe partial class OpenSsl
{
    [LibraryImport(CryptoLibrary, EntryPoint = "EVP_aes_256_cbc")]
    public static partial nint Aes256Cbc();

    [LibraryImport(CryptoLibrary, EntryPoint = "EVP_EncryptInit_ex")]
    public static partial int EncryptInit(nint context, nint cipher, nint engine, byte* key, byte* iv);

    [LibraryImport(CryptoLibrary, EntryPoint = "EVP_DecryptInit_ex")]
    public static partial int DecryptInit(nint context, nint cipher, nint engine, byte* key, byte* iv);

    [LibraryImport(CryptoLibrary, EntryPoint = "EVP_MAC_CTX_set_params")]
    public static partial int MacSetParameters(nint context, Parameter* parameters);

    /// <summary><c>OSSL_PARAM</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public readonly struct Parameter(byte* key, uint type, void* data, nuint length)
    {
        public const uint Utf8String = 4;
        public const uint OctetString = 5;

        public readonly byte* Key = key;
        public readonly uint Type = type;
        public readonly void* Data = data;
        public readonly nuint Length = length;
        public readonly nuint ReturnedLength;
    }
}

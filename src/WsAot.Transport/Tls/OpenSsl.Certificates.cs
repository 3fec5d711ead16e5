using System.Runtime.InteropServices;

namespace WsAot.Transport.Tls;

/// <content>Certificates and keys.</content>
internal static unsafe partial class OpenSsl
{
    [LibraryImport(CryptoLibrary, EntryPoint = "PEM_read_bio_X509")]
    public static partial nint ReadCertificate(nint bio, nint result, nint callback, byte* password);

    [LibraryImport(CryptoLibrary, EntryPoint = "PEM_read_bio_PrivateKey")]
    public static partial nint ReadPrivateKey(nint bio, nint result, nint callback, byte* password);

    [LibraryImport(CryptoLibrary, EntryPoint = "EVP_PKEY_free")]
    public static partial void KeyFree(nint key);

    [LibraryImport(CryptoLibrary, EntryPoint = "X509_free")]
    public static partial void CertificateFree(nint certificate);

    [LibraryImport(CryptoLibrary, EntryPoint = "X509_check_private_key")]
    public static partial int CertificateFitsKey(nint certificate, nint key);

    [LibraryImport(CryptoLibrary, EntryPoint = "X509_STORE_add_cert")]
    public static partial int StoreAdd(nint store, nint certificate);

    [LibraryImport(CryptoLibrary, EntryPoint = "X509_get0_notBefore")]
    public static partial nint GetNotBefore(nint certificate);

    [LibraryImport(CryptoLibrary, EntryPoint = "X509_get0_notAfter")]
    public static partial nint GetNotAfter(nint certificate);

    [LibraryImport(CryptoLibrary, EntryPoint = "ASN1_TIME_to_tm")]
    public static partial int TimeToTm(nint time, Tm* result);

    [LibraryImport(CryptoLibrary, EntryPoint = "X509_get_subject_name")]
    public static partial nint GetSubject(nint certificate);

    [LibraryImport(CryptoLibrary, EntryPoint = "X509_get_issuer_name")]
    public static partial nint GetIssuer(nint certificate);

    [LibraryImport(CryptoLibrary, EntryPoint = "X509_NAME_print_ex")]
    public static partial void PrintName(nint bio, nint name, int indent, nuint flags);

    [LibraryImport(CryptoLibrary, EntryPoint = "X509_get_ext_d2i")]
    public static partial nint GetExtension(nint certificate, int id, int* isCritical, int* index);

    [LibraryImport(CryptoLibrary, EntryPoint = "GENERAL_NAMES_free")]
    public static partial void NamesFree(nint names);

    [LibraryImport(CryptoLibrary, EntryPoint = "GENERAL_NAME_get0_value")]
    public static partial nint GetNameValue(nint name, int* type);

    [LibraryImport(CryptoLibrary, EntryPoint = "OPENSSL_sk_num")]
    public static partial int StackCount(nint stack);

    [LibraryImport(CryptoLibrary, EntryPoint = "OPENSSL_sk_value")]
    public static partial nint StackValue(nint stack, int index);

    [LibraryImport(CryptoLibrary, EntryPoint = "ASN1_STRING_get0_data")]
    public static partial byte* StringData(nint text);

    [LibraryImport(CryptoLibrary, EntryPoint = "ASN1_STRING_length")]
    public static partial int StringLength(nint text);

    [LibraryImport(CryptoLibrary, EntryPoint = "i2d_X509")]
    public static partial int EncodeCertificate(nint certificate, byte** destination);

    [LibraryImport(CryptoLibrary, EntryPoint = "X509_digest")]
    public static partial void DigestCertificate(nint certificate, nint algorithm, byte* digest, uint* length);

    [LibraryImport(CryptoLibrary, EntryPoint = "EVP_sha256")]
    public static partial nint Sha256();

    /// <summary><c>struct tm</c> of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Tm
    {
        public int Second;
        public int Minute;
        public int Hour;
        public int Day;
        public int Month;       // 0 to 11
        public int Year;        // since 1900
        public int WeekDay;
        public int YearDay;
        public int IsDaylightSaving;
        public nint OffsetSeconds;
        public byte* Zone;
    }
}

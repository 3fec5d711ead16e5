using System.Diagnostics;
using System.Runtime.InteropServices;

namespace WsAot.Transport.Tls;

/// <summary>
/// The keys that protect session tickets (RFC 5077, RFC 8446 section 4.6.1): the same for all loops of the process, in memory only, and
/// replaced after some hours. Tickets with the previous keys are still accepted, and renewed. Whether a ticket is for this server is
/// decided by the session ID context, not by the key.
/// </summary>
internal static unsafe class TicketKeys
{
    /// <summary>Longer than a ticket is valid: two hours by OpenSSL's default.</summary>
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(6);

    private static readonly Lock s_rotating = new();
    private static Keys? s_current;
    private static Keys? s_former;

    [UnmanagedCallersOnly]
    public static int OnTicket(nint ssl, byte* name, byte* iv, nint cipher, nint mac, int isEncrypting)
    {
        Keys current = GetCurrent(out Keys? former);
        if (isEncrypting != 0)
        {
            if (OpenSsl.RandomBytes(iv, Keys.IvBytes) != 1) return -1;
            current.Name.CopyTo(new Span<byte>(name, Keys.NameBytes));
            return current.Use(cipher, iv, mac, isEncrypting: true) ? 1 : -1;
        }

        var known = new ReadOnlySpan<byte>(name, Keys.NameBytes);
        if (known.SequenceEqual(current.Name)) return current.Use(cipher, iv, mac, isEncrypting: false) ? 1 : -1;
        if (former is null || !known.SequenceEqual(former.Name)) return 0;
        // 2: accept the ticket, and renew it.
        return former.Use(cipher, iv, mac, isEncrypting: false) ? 2 : -1;
    }

    private static Keys GetCurrent(out Keys? former)
    {
        lock (s_rotating)
        {
            if (s_current is null || Stopwatch.GetElapsedTime(s_current.CreatedAt) > s_lifetime)
            {
                s_former = s_current;
                s_current = new Keys();
            }

            former = s_former;
            return s_current;
        }
    }

    private sealed class Keys
    {
        public const int NameBytes = 16;
        public const int IvBytes = 16;
        private const int KeyBytes = 32;

        private readonly byte[] _secrets = new byte[NameBytes + KeyBytes + KeyBytes];

        public Keys()
        {
            fixed (byte* secrets = _secrets)
            {
                if (OpenSsl.RandomBytes(secrets, _secrets.Length) != 1) throw new InvalidOperationException("OpenSSL has no random bytes.");
            }
        }

        public long CreatedAt { get; } = Stopwatch.GetTimestamp();

        public ReadOnlySpan<byte> Name => _secrets.AsSpan(0, NameBytes);

        /// <summary>AES-256-CBC, and an HMAC with SHA-256 over the ciphertext.</summary>
        public bool Use(nint cipher, byte* iv, nint mac, bool isEncrypting)
        {
            fixed (byte* secrets = _secrets, keyName = "key\0"u8, digestName = "digest\0"u8, sha256 = "SHA256\0"u8)
            {
                OpenSsl.Parameter* parameters = stackalloc OpenSsl.Parameter[3];
                parameters[0] = new OpenSsl.Parameter(keyName, OpenSsl.Parameter.OctetString, secrets + NameBytes + KeyBytes, KeyBytes);
                parameters[1] = new OpenSsl.Parameter(digestName, OpenSsl.Parameter.Utf8String, sha256, 6);
                parameters[2] = default;
                nint aes = OpenSsl.Aes256Cbc();
                int isReady = isEncrypting
                    ? OpenSsl.EncryptInit(cipher, aes, 0, secrets + NameBytes, iv)
                    : OpenSsl.DecryptInit(cipher, aes, 0, secrets + NameBytes, iv);
                return isReady == 1 && OpenSsl.MacSetParameters(mac, parameters) == 1;
            }
        }
    }
}

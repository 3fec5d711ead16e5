using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace WsAot.Dashboard;

/// <summary>Decides who may use the admin listener: everyone who can reach it, or clients with the token. Any thread.</summary>
internal sealed class AdminAccess
{
    private byte[]? _token;

    /// <param name="token">The token; null if none is needed.</param>
    public AdminAccess(string? token) => Replace(token);

    /// <summary>Replaces the token.</summary>
    /// <returns>Whether the token has changed.</returns>
    public bool Replace(string? token)
    {
        byte[]? next = token is null ? null : Encoding.ASCII.GetBytes(token);
        byte[]? former = Interlocked.Exchange(ref _token, next);
        return !former.AsSpan().SequenceEqual(next);
    }

    /// <summary>Whether a request has the token, in the form of RFC 6750 section 2.1.</summary>
    public bool Allows(WsRequest request) => Allows(request.BearerToken);

    /// <summary>Whether a text is the token in hexadecimal.</summary>
    public bool AllowsHex(ReadOnlySpan<char> hex)
    {
        byte[] token = new byte[hex.Length / 2];
        OperationStatus status = Convert.FromHexString(hex, token, out _, out int written);
        return status == OperationStatus.Done && Allows(Encoding.ASCII.GetString(token.AsSpan(0, written)));
    }

    /// <summary>Whether a text is the token.</summary>
    // Constant time, so that an attacker cannot guess the token character by character.
    public bool Allows(string? token)
    {
        byte[]? asked = Volatile.Read(ref _token);
        return asked is null || (token is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), asked));
    }
}

using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace WsAot.Dashboard;

/// <summary>Who may see the admin listener: everybody who reaches it, or those who know the token. Any thread.</summary>
internal sealed class AdminAccess
{
    private byte[]? _token;

    /// <param name="token">The token; null: none is asked for.</param>
    public AdminAccess(string? token) => Replace(token);

    /// <summary>Asks for another token from now on.</summary>
    /// <returns>Whether it is another one.</returns>
    public bool Replace(string? token)
    {
        byte[]? next = token is null ? null : Encoding.ASCII.GetBytes(token);
        byte[]? former = Interlocked.Exchange(ref _token, next);
        return !former.AsSpan().SequenceEqual(next);
    }

    /// <summary>Whether a request has the token, as RFC 6750 section 2.1 has it.</summary>
    public bool Allows(WsRequest request) => Allows(request.BearerToken);

    /// <summary>Whether it is the token in hexadecimal.</summary>
    public bool AllowsHex(ReadOnlySpan<char> hex)
    {
        byte[] token = new byte[hex.Length / 2];
        OperationStatus status = Convert.FromHexString(hex, token, out _, out int written);
        return status == OperationStatus.Done && Allows(Encoding.ASCII.GetString(token.AsSpan(0, written)));
    }

    /// <summary>Whether it is the token.</summary>
    // Takes as long for one that is nearly right: nobody learns a character after the other.
    public bool Allows(string? token)
    {
        byte[]? asked = Volatile.Read(ref _token);
        return asked is null || (token is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), asked));
    }
}

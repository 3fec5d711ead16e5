using System.Security.Cryptography;
using System.Text;

namespace WsAot.Dashboard;

/// <summary>Who may see the admin listener: everybody who reaches it, or those who know the token. Any thread.</summary>
internal sealed class AdminAccess
{
    private readonly byte[]? _token;

    /// <param name="token">The token; null: none is asked for.</param>
    public AdminAccess(string? token) => _token = token is null ? null : Encoding.ASCII.GetBytes(token);

    /// <summary>Whether a request has the token, as RFC 6750 section 2.1 has it.</summary>
    public bool Allows(WsRequest request) => Allows(request.BearerToken);

    /// <summary>Whether it is the token.</summary>
    // Takes as long for one that is nearly right: nobody learns a character after the other.
    public bool Allows(string? token) =>
        _token is null || (token is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), _token));
}

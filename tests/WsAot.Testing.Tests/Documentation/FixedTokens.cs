namespace WsAot.Testing.Tests.Documentation;

/// <summary>Knows the token of everybody.</summary>
internal sealed class FixedTokens : ITokens
{
    public Task<User?> FindAsync(string token) =>
        Task.FromResult(token.EndsWith("-token", StringComparison.Ordinal) ? new User(token[..^6]) : null);
}

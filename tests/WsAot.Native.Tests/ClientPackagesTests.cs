using System.Text.Json;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>
/// The packages of the client scripts are pinned by version and hash, and the lock file says nothing of where they came from.
/// </summary>
public sealed class ClientPackagesTests
{
    [Fact]
    public void Every_package_has_a_version_and_a_hash_and_no_address()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Clients, "package-lock.json")));
        JsonProperty[] packages = [.. file.RootElement.GetProperty("packages").EnumerateObject().Where(package => package.Name.Length > 0)];
        Assert.NotEmpty(packages);
        Assert.All(packages, package =>
        {
            Assert.True(package.Value.TryGetProperty("version", out _));
            Assert.StartsWith("sha512-", package.Value.GetProperty("integrity").GetString(), StringComparison.Ordinal);
            Assert.False(
                package.Value.TryGetProperty("resolved", out _), $"{package.Name} names an address: run npm with the .npmrc beside it.");
        });
    }
}

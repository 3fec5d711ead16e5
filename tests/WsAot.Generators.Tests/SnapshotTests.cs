namespace WsAot.Generators.Tests;

public sealed class SnapshotTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void A_snapshot_that_is_missing_or_differs_fails_and_is_kept_as_received()
    {
        string verified = Path.Combine(_folder, "a.verified.cs"), received = Path.Combine(_folder, "a.received.cs");
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Snapshot.Compare(verified, received, "text"));
        Assert.Equal("text", File.ReadAllText(received));

        File.WriteAllText(verified, "other");
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Snapshot.Compare(verified, received, "text"));

        File.WriteAllText(verified, "text");
        Snapshot.Compare(verified, received, "text");
        Assert.False(File.Exists(received));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

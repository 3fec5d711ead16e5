namespace WsAot.Bench.Servers;

/// <summary>A server that can be built and started.</summary>
internal abstract class BenchServer(string name)
{
    private Task<string?>? _preparation;

    public string Name => name;

    /// <summary>The file of a user's that holds it, or the folder; null if there is no such thing.</summary>
    public virtual string? Published => null;

    /// <summary>What was built, once it is.</summary>
    public string Version { get; protected set; } = "";

    /// <summary>Builds what it needs, once.</summary>
    /// <returns>What is missing on this machine; null if nothing is.</returns>
    /// <exception cref="BenchException">It does not build.</exception>
    public Task<string?> PrepareAsync(bool isBuilding) => _preparation ??= BuildAsync(isBuilding);

    public abstract Launch Launch(Workload workload, int port);

    protected abstract Task<string?> BuildAsync(bool isBuilding);
}

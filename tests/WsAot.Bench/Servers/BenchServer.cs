namespace WsAot.Bench.Servers;

/// <summary>A server that can be built and started.</summary>
internal abstract class BenchServer(string name)
{
    private Task<string?>? _preparation;

    public string Name => name;

    /// <summary>The file or folder that a user would copy; null if there is none.</summary>
    public virtual string? Published => null;

    /// <summary>The version that was built; empty before.</summary>
    public string Version { get; protected set; } = "";

    /// <summary>Builds what it needs, once.</summary>
    /// <returns>What is missing on this machine; null if nothing is.</returns>
    /// <exception cref="BenchException">The build fails.</exception>
    public Task<string?> PrepareAsync(bool isBuilding) => _preparation ??= BuildAsync(isBuilding);

    public abstract Launch Launch(Workload workload, int port);

    protected abstract Task<string?> BuildAsync(bool isBuilding);
}

namespace WsAot.Tests.Harness;

/// <summary>Provides the test's script.</summary>
internal sealed class TestServices(Script script) : IServiceProvider
{
    public object? GetService(Type serviceType) => serviceType == typeof(Script) ? script : null;
}

namespace WsAot.Generators.Model;

/// <summary>Name and version of the application.</summary>
/// <param name="Version">As <c>1.2.3</c>.</param>
internal sealed record AssemblyModel(string Name, string Version)
{
    public static AssemblyModel Of(string name, Version version) => new(name, version.ToString(3));
}

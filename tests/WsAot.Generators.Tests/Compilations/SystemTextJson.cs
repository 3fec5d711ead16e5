using System.Reflection;
using Microsoft.CodeAnalysis;

namespace WsAot.Generators.Tests.Compilations;

/// <summary>
/// The generator of System.Text.Json, which completes the contexts of test code as it does those of users: that of the SDK which runs the
/// tests.
/// </summary>
internal static class SystemTextJson
{
    private static readonly Lazy<IIncrementalGenerator> s_generator = new(static () =>
        (IIncrementalGenerator)Activator.CreateInstance(Assembly.LoadFrom(Find())
            .GetType("System.Text.Json.SourceGeneration.JsonSourceGenerator", throwOnError: true)!)!);

    /// <summary>The generator where there is a context; it costs more than ours.</summary>
    public static IEnumerable<ISourceGenerator> GeneratorsFor(Compilation compilation) =>
        compilation.SyntaxTrees.Any(static tree => tree.ToString().Contains("JsonSerializable", StringComparison.Ordinal))
            ? [s_generator.Value.AsSourceGenerator()]
            : [];

    // dotnet/shared/Microsoft.NETCore.App/10.0.0 and dotnet/packs/Microsoft.NETCore.App.Ref/10.0.0 come together.
    private static string Find()
    {
        string packs = Path.GetFullPath(
            Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../../packs/Microsoft.NETCore.App.Ref"));
        return Directory.GetFiles(packs, "System.Text.Json.SourceGeneration.dll", SearchOption.AllDirectories).Max(StringComparer.Ordinal)
            ?? throw new FileNotFoundException("The SDK has no System.Text.Json.SourceGeneration.dll", packs);
    }
}

using System.Reflection;
using Microsoft.CodeAnalysis;

namespace WsAot.Generators.Tests.Compilations;

/// <summary>
/// The generator of System.Text.Json from the SDK that runs the tests. It completes the JSON contexts of test code.
/// </summary>
internal static class SystemTextJson
{
    private static readonly Lazy<IIncrementalGenerator> s_generator = new(static () =>
        (IIncrementalGenerator)Activator.CreateInstance(Assembly.LoadFrom(Find())
            .GetType("System.Text.Json.SourceGeneration.JsonSourceGenerator", throwOnError: true)!)!);

    /// <summary>The generator, if the code has a JSON context; otherwise none, because it is slower than ours.</summary>
    public static IEnumerable<ISourceGenerator> GeneratorsFor(Compilation compilation) =>
        compilation.SyntaxTrees.Any(static tree => tree.ToString().Contains("JsonSerializable", StringComparison.Ordinal))
            ? [s_generator.Value.AsSourceGenerator()]
            : [];

    // The SDK installs dotnet/packs/Microsoft.NETCore.App.Ref beside dotnet/shared/Microsoft.NETCore.App.
    private static string Find()
    {
        string packs = Path.GetFullPath(
            Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../../packs/Microsoft.NETCore.App.Ref"));
        return Directory.GetFiles(packs, "System.Text.Json.SourceGeneration.dll", SearchOption.AllDirectories).Max(StringComparer.Ordinal)
            ?? throw new FileNotFoundException("The SDK has no System.Text.Json.SourceGeneration.dll", packs);
    }
}

using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using WsAot.Routing;

namespace WsAot.Generators.Tests.Compilations;

/// <summary>User code and the code generated from it, compiled and loaded, so that tests can call it.</summary>
internal static class LoadedRoutes
{
    public static WsRouteTable Load(params string[] sources) => Load(TestCompilation.Create(sources));

    public static WsRouteTable Load(CSharpCompilation compilation)
    {
        GeneratorRun.Generate(compilation, out Compilation withGenerated);
        using var stream = new MemoryStream();
        EmitResult result = withGenerated.Emit(stream);
        Assert.Empty(result.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        stream.Position = 0;
        Assembly assembly = new AssemblyLoadContext(compilation.AssemblyName, isCollectible: true).LoadFromStream(stream);
        Type routes = assembly.GetType(GeneratorRun.RootNamespace + ".WsRoutes", throwOnError: true)!;
        return (WsRouteTable)routes.GetProperty("Table")!.GetValue(null)!;
    }

    /// <summary>The template of the route that matches the path of a request, or null.</summary>
    public static string? Match(this WsRouteTable table, string path) => table.MatchSegments(Segments(path))?.Options.Template;

    public static WsRoute? MatchSegments(this WsRouteTable table, IReadOnlyList<string> segments)
    {
        var bytes = new List<byte>();
        var ends = new List<int>();
        foreach (string segment in segments)
        {
            bytes.AddRange(Encoding.UTF8.GetBytes(segment));
            ends.Add(bytes.Count);
        }

        return table.Match(NewPath(bytes.ToArray(), ends.ToArray()));
    }

    /// <summary>Splits the path and then decodes each segment, as the server does.</summary>
    public static string[] Segments(string path) => [.. path[1..].Split('/').Select(Uri.UnescapeDataString)];

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern WsPath NewPath(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> ends);
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WsAot.Generators.Tests.Compilations;

/// <summary>Compiles user code against the real WsAot assembly.</summary>
internal static class TestCompilation
{
    public static IReadOnlyList<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(static path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Append(typeof(WsRouteAttribute).Assembly.Location)
            // The assemblies that it references.
            .Append(typeof(FromKeyedServicesAttribute).Assembly.Location)
            .Append(typeof(ILogger).Assembly.Location)
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Latest);

    /// <summary>The usings of nearly every test source.</summary>
    public const string Usings = "using System; using System.Threading; using System.Threading.Tasks; using WsAot;\n";

    /// <summary>The usings of nearly every test source that uses JSON-RPC.</summary>
    public const string JsonUsings = Usings
        + "using System.Collections.Generic; using System.Runtime.CompilerServices; using System.Text.Json.Serialization;\n";

    public static CSharpCompilation Create(params string[] sources) => Create(ParseOptions, NullableContextOptions.Enable, sources);

    public static CSharpCompilation Create(CSharpParseOptions options, NullableContextOptions nullable, params string[] sources) =>
        CSharpCompilation.Create(
            "User" + Guid.NewGuid().ToString("N"),
            sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, options, path: $"File{i}.cs")),
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: nullable, allowUnsafe: true)
                // Each is a library whose routes nobody sees. The test of that rule asks for it.
                .WithSpecificDiagnosticOptions([new("WSA040", ReportDiagnostic.Suppress)]));
}

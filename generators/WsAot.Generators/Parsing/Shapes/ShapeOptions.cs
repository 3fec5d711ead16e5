using Microsoft.CodeAnalysis;
using WsAot.Generators.Symbols;
using WsAot.Generators.Text;

namespace WsAot.Generators.Parsing.Shapes;

/// <summary>The options in a context's <c>[JsonSourceGenerationOptions]</c> that affect the shape of JSON.</summary>
internal sealed record ShapeOptions
{
    // The values of JsonSerializerDefaults.
    private const int Web = 1;
    private const int Strict = 2;

    public NamingPolicy Naming { get; init; }

    public bool TextEnums { get; init; }

    public IgnoreCondition IgnoreCondition { get; init; }

    public NumberHandling Numbers { get; init; }

    public bool IncludeFields { get; init; }

    public bool IgnoreReadOnlyProperties { get; init; }

    public bool IgnoreReadOnlyFields { get; init; }

    public bool RequiresConstructorParameters { get; init; }

    /// <summary>A short text that is unique for these options; empty for the default options.</summary>
    public string Key => this == Default ? "" : $"{(int)Naming}{(TextEnums ? 't' : 'n')}{(int)IgnoreCondition}{(int)Numbers}"
        + (IncludeFields ? "f" : "")
        + (IgnoreReadOnlyProperties ? "p" : "")
        + (IgnoreReadOnlyFields ? "r" : "")
        + (RequiresConstructorParameters ? "c" : "");

    public static ShapeOptions Default { get; } = new();

    /// <param name="context">The class derived from <c>JsonSerializerContext</c>.</param>
    public static ShapeOptions Of(INamedTypeSymbol context)
    {
        // System.Text.Json completes the class that has [JsonSerializable], and reads the options of that class alone. A derived class
        // inherits the result.
        INamedTypeSymbol completed = Inheritance.SelfAndBases(context)
            .FirstOrDefault(static type => type.GetAttributes().Find(JsonTypes.JsonSerializableAttribute.Name) is not null) ?? context;
        AttributeData? attribute = completed.GetAttributes().Find(JsonTypes.JsonSourceGenerationOptionsAttribute.Name);
        if (attribute is null) return Default;
        ShapeOptions options = attribute.Argument() is int defaults ? Preset(defaults) : Default;
        foreach (string property in attribute.NamedArguments.Select(static argument => argument.Key))
        {
            options = options.With(property, attribute.Property(property));
        }

        return options;
    }

    private static ShapeOptions Preset(int defaults) => defaults switch
    {
        Web => Default with { Naming = NamingPolicy.CamelCase },
        Strict => Default with { RequiresConstructorParameters = true },
        _ => Default,
    };

    private ShapeOptions With(string name, object? value) => (name, value) switch
    {
        (JsonTypes.JsonSourceGenerationOptionsAttribute.PropertyNamingPolicy, int policy) => this with { Naming = (NamingPolicy)policy },
        (JsonTypes.JsonSourceGenerationOptionsAttribute.UseStringEnumConverter, bool on) => this with { TextEnums = on },
        (JsonTypes.JsonSourceGenerationOptionsAttribute.DefaultIgnoreCondition, int condition) =>
            this with { IgnoreCondition = (IgnoreCondition)condition },
        (JsonTypes.JsonSourceGenerationOptionsAttribute.NumberHandling, int handling) => this with { Numbers = (NumberHandling)handling },
        (JsonTypes.JsonSourceGenerationOptionsAttribute.IncludeFields, bool on) => this with { IncludeFields = on },
        (JsonTypes.JsonSourceGenerationOptionsAttribute.IgnoreReadOnlyProperties, bool on) => this with { IgnoreReadOnlyProperties = on },
        (JsonTypes.JsonSourceGenerationOptionsAttribute.IgnoreReadOnlyFields, bool on) => this with { IgnoreReadOnlyFields = on },
        (JsonTypes.JsonSourceGenerationOptionsAttribute.RespectRequiredConstructorParameters, bool on) =>
            this with { RequiresConstructorParameters = on },
        _ => this,
    };
}

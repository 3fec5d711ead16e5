namespace WsAot.Generators.Text;

/// <summary>How names in C# become names in JSON; the values are those of <c>JsonKnownNamingPolicy</c>.</summary>
internal enum NamingPolicy
{
    AsWritten = 0,
    CamelCase = 1,
    SnakeCaseLower = 2,
    SnakeCaseUpper = 3,
    KebabCaseLower = 4,
    KebabCaseUpper = 5,
}

namespace WsAot.Generators.Parsing;

/// <summary>Where a parameter is: each place has other values.</summary>
internal enum ParameterPlace
{
    Constructor,
    Upgrade,
    Event,
}

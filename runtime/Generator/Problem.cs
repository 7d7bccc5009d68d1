using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Gamification.Runtime.Generator;

/// <summary>Why an interface can have no proxy, and where. Holds no symbols, so that it can be compared and cached.</summary>
internal sealed record Problem(string Message, string? Path, TextSpan Span, LinePositionSpan Lines)
{
    private static readonly DiagnosticDescriptor s_descriptor = new(
        "GRAIN001", "Grain interface has no proxy", "{0}", "Grains", DiagnosticSeverity.Error, isEnabledByDefault: true);

    public static Problem At(ISymbol symbol, string message)
    {
        var location = symbol.Locations.Length > 0 ? symbol.Locations[0] : Location.None;
        return new(message, location.SourceTree?.FilePath, location.SourceSpan, location.GetLineSpan().Span);
    }

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(s_descriptor, Path is null ? Location.None : Location.Create(Path, Span, Lines), Message);
}

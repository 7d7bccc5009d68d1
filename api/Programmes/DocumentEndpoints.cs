using System.Globalization;
using System.Text;
using Gamification.Programmes;
using Gamification.Programmes.Documents;

namespace Gamification.Api;

/// <summary>A programme as a whole: taken out, compared, brought in, its goods, and what a basket would earn if the drafts held.</summary>
internal sealed class DocumentEndpoints(ProgrammeDirectory programmes, Cards cards, IGrainFactory grains, TimeProvider clock)
{
    /// <summary>When an import takes effect that does not say when: the notice, and time for the call.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(90);

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<DocumentEndpoints>(routes.ServiceProvider);
        routes.MapPost("/v1/programme/preview", door.For(Operation.ReadProgramme, Lane.Others, endpoints.Preview)).WithMetadata(DocumentDocs.Preview);
        routes.MapGet("/v1/programme/document", door.For(Operation.ReadProgramme, Lane.Others, endpoints.Export)).WithMetadata(DocumentDocs.Export);
        routes.MapPost("/v1/programme/document/diff", door.For(Operation.ReadProgramme, Lane.Others, endpoints.Diff)).WithMetadata(DocumentDocs.Diff);
        routes.MapPost("/v1/programme/document/import", door.For(Operation.ChangeProgramme, Lane.Others, endpoints.Import)).WithMetadata(DocumentDocs.Import);
        routes.MapGet("/v1/programme/catalogue", door.For(Operation.ReadProgramme, Lane.Others, endpoints.GetCatalogue)).WithMetadata(DocumentDocs.GetCatalogue);
        routes.MapPost("/v1/programme/catalogue", door.For(Operation.ChangeProgramme, Lane.Others, endpoints.ImportCatalogue)).WithMetadata(DocumentDocs.ImportCatalogue);
    }

    private async ValueTask Preview(HttpContext context, Caller caller)
    {
        using var body = await Body.Read(context.Request, ReceiptEndpoints.BodyMax);
        var receivedAt = clock.GetUtcNow();
        var programme = await programmes.Of(caller);
        var parsed = body.Problem is null ? ParsedReceipt.Read(body.Bytes, caller, programme, receivedAt) : null;
        if ((body.Problem ?? parsed!.Problem) is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var preview = parsed!.Card is { } card && await cards.Find(caller.Programme, card) is { } holder
            ? await Documents(caller).PreviewFor(holder.Member, parsed.Receipt!, receivedAt)
            : await Documents(caller).Preview(parsed.Receipt!, receivedAt);
        if (!preview.Errors.IsEmpty) DocumentJson.Refuse(context, preview.Errors);
        else if ((preview.Now!.Refusal ?? preview.Draft!.Refusal) is { } refusal) ProblemJson.Answer(context, new(ProblemKind.RefusedReceipt, refusal.Remedy) { Errors = [new(refusal.Field, refusal.Code, refusal.Remedy)] });
        else JsonAnswer.Write(context, StatusCodes.Status200OK, (preview, programme), static (writer, answer) => DocumentJson.WritePreview(writer, answer.preview, answer.programme));
    }

    private async ValueTask Export(HttpContext context, Caller caller)
    {
        var json = await Documents(caller).Export();
        var isYaml = context.Request.Headers.Accept.Any(accept => accept?.Contains(DocumentBody.Yaml, StringComparison.OrdinalIgnoreCase) == true);
        await Send(context, isYaml ? YamlText.FromJson(json) : json, isYaml ? DocumentBody.Yaml : JsonAnswer.ContentType);
    }

    private async ValueTask Diff(HttpContext context, Caller caller)
    {
        var (text, problem) = await DocumentBody.Read(context.Request, DocumentBody.WholeMax);
        if (problem is not null)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var diff = await Documents(caller).Diff(text);
        if (diff.Errors.IsEmpty) JsonAnswer.Write(context, StatusCodes.Status200OK, diff.Changes, DocumentJson.WriteDiff);
        else DocumentJson.Refuse(context, diff.Errors);
    }

    private async ValueTask Import(HttpContext context, Caller caller)
    {
        var query = new Query(context.Request);
        var from = clock.GetUtcNow() + Soon;
        if (query.Text("effectiveFrom") is { } stated && !Instants.TryParse(stated, out from)) query.Refuse("effectiveFrom", "invalid-instant", Instants.Remedy);
        var (text, problem) = query.Problem is null ? await DocumentBody.Read(context.Request, DocumentBody.WholeMax) : ("", query.Problem);
        if (problem is not null) ProblemJson.Answer(context, problem);
        else DocumentJson.Answer(context, await Documents(caller).Import(text, from, caller.Id));
    }

    private async ValueTask GetCatalogue(HttpContext context, Caller caller) => await Send(context, await Documents(caller).ExportCatalogue(), DocumentBody.Csv);

    private async ValueTask ImportCatalogue(HttpContext context, Caller caller)
    {
        var query = new Query(context.Request);
        if (!DateOnly.TryParseExact(query.Text("from"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from))
            query.Refuse("from", "invalid-date", "Send the date from which the goods hold, e.g. 2026-12-01.");
        var (csv, problem) = query.Problem is null ? await DocumentBody.ReadText(context.Request, DocumentBody.WholeMax, DocumentBody.Csv) : ("", query.Problem);
        if (problem is not null) ProblemJson.Answer(context, problem);
        else DocumentJson.Answer(context, await Documents(caller).ImportCatalogue(csv, from, caller.Id));
    }

    private IDocumentsGrain Documents(Caller caller) => grains.GetGrain<IDocumentsGrain>(caller.Programme);

    private static async Task Send(HttpContext context, string text, string type)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        context.Response.ContentType = type == JsonAnswer.ContentType ? type : $"{type}; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes);
    }
}

using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Waymark.Tests.Shared;

/// <summary>Somebody at a browser without JavaScript: gets pages, fills in forms as they stand on the page, presses their buttons.</summary>
public sealed class Visitor : IDisposable
{
    public Visitor(Uri address)
    {
        Client = new HttpClient(new Jar(Cookies)) { BaseAddress = address };
    }

    /// <summary>For what a form cannot say: a missing token, another method, a header.</summary>
    public HttpClient Client { get; }

    public CookieContainer Cookies { get; } = new();

    public Task<PageAnswer> Get(string path) => Send(new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.RelativeOrAbsolute)));

    public async Task<PageAnswer> Send(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await Client.SendAsync(request);
            return new PageAnswer(response.RequestMessage!.RequestUri!, response.StatusCode, response.Headers, response.Content.Headers, await response.Content.ReadAsByteArrayAsync());
        }
    }

    /// <summary>Goes where a redirect points, as often as it points.</summary>
    public async Task<PageAnswer> Follow(PageAnswer answer)
    {
        for (var hops = 0; answer.Location is { } location; hops++)
        {
            hops.ShouldBeLessThan(10, $"{location} goes round in circles");
            answer = await Get(location.ToString());
        }
        return answer;
    }

    /// <summary>
    /// Sends the page's form (the only one in its main part, or the one that <paramref name="form"/> selects) with everything that stands in it, hidden fields and
    /// the anti-forgery token included, and these answers. An answer to a field that the form does not have fails the test; a null leaves a field out.
    /// </summary>
    /// <param name="button">The text of the button to press, where there are several.</param>
    public Task<PageAnswer> Submit(PageAnswer page, (string Field, string? Answer)[] answers, string? form = null, string? button = null) => Submit(page, answers, [], form, button);

    /// <inheritdoc cref="Submit(PageAnswer, ValueTuple{string, string?}[], string?, string?)"/>
    public async Task<PageAnswer> Submit(PageAnswer page, (string Field, string? Answer)[] answers, (string Field, string FileName, byte[] Content)[] files, string? form = null, string? button = null)
    {
        var element = page.Form(form);
        var fields = FieldsOf(element, button);
        foreach (var group in answers.GroupBy(answer => answer.Field))
        {
            element.QuerySelectorAll("[name]").Select(control => control.GetAttribute("name")).ShouldContain(group.Key, $"the form on {page.Address} has no field {group.Key}");
            fields.RemoveAll(field => field.Name == group.Key);
            fields.AddRange(group.Where(answer => answer.Answer is not null).Select(answer => (group.Key, answer.Answer!)));
        }
        var target = new Uri(page.Address, element.GetAttribute("action") is { Length: > 0 } action ? action : page.Address.PathAndQuery);
        if (!string.Equals(element.GetAttribute("method"), "post", StringComparison.OrdinalIgnoreCase))
        {
            var query = string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}"));
            return await Get(new UriBuilder(target) { Query = query }.Uri.ToString());
        }
        return await Send(new HttpRequestMessage(HttpMethod.Post, target) { Content = Body(element, fields, files) });
    }

    private static HttpContent Body(IElement form, List<(string Name, string Value)> fields, (string Field, string FileName, byte[] Content)[] files)
    {
        if (!string.Equals(form.GetAttribute("enctype"), "multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            files.ShouldBeEmpty("a form without enctype=\"multipart/form-data\" sends no files");
            return new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        }
        var body = new MultipartFormDataContent();
        foreach (var (name, value) in fields) body.Add(new StringContent(value), name);
        foreach (var (name, fileName, content) in files)
        {
            form.QuerySelector($"input[type=file][name='{name}']").ShouldNotBeNull($"the form has no file field {name}");
            var part = new ByteArrayContent(content);
            part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            body.Add(part, name, fileName);
        }
        return body;
    }

    /// <summary>What a browser would send: HTML's "successful controls".</summary>
    private static List<(string Name, string Value)> FieldsOf(IElement form, string? button)
    {
        var fields = new List<(string, string)>();
        foreach (var control in form.QuerySelectorAll("input[name], select[name], textarea[name]").Where(control => !control.HasAttribute("disabled")))
        {
            var name = control.GetAttribute("name")!;
            switch (control)
            {
                case IHtmlInputElement { Type: "submit" or "button" or "image" or "reset" or "file" }:
                    break;
                case IHtmlInputElement { Type: "checkbox" or "radio" } box:
                    if (box.IsChecked) fields.Add((name, box.GetAttribute("value") ?? "on"));
                    break;
                case IHtmlInputElement input:
                    fields.Add((name, input.Value));
                    break;
                case IHtmlTextAreaElement area:
                    fields.Add((name, area.Value));
                    break;
                case IHtmlSelectElement select:
                    fields.AddRange(select.Options.Where(option => option.IsSelected).Select(option => (name, option.Value)));
                    break;
            }
        }
        var buttons = form.QuerySelectorAll("button:not([type=button]):not([type=reset]), input[type=submit]").ToList();
        var pressed = button is null ? buttons.FirstOrDefault() : buttons.Find(candidate => PageAnswer.Words(candidate.TextContent) == button || candidate.GetAttribute("value") == button);
        if (button is not null) pressed.ShouldNotBeNull($"no button '{button}'; there are: {string.Join(", ", buttons.Select(candidate => PageAnswer.Words(candidate.TextContent)))}");
        if (pressed?.GetAttribute("name") is { Length: > 0 } pressedName) fields.Add((pressedName, pressed.GetAttribute("value") ?? ""));
        return fields;
    }

    public void Dispose() => Client.Dispose();

    /// <summary>Keeps cookies as a browser does on its own machine, where plain HTTP counts as https.</summary>
    private sealed class Jar(CookieContainer cookies) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var address = new UriBuilder(request.RequestUri!) { Scheme = "https" }.Uri;
            if (cookies.GetCookieHeader(address) is { Length: > 0 } sent) request.Headers.TryAddWithoutValidation("Cookie", sent);
            var response = await base.SendAsync(request, cancellationToken);
            if (response.Headers.TryGetValues("Set-Cookie", out var set))
                foreach (var cookie in set) cookies.SetCookies(address, cookie);
            return response;
        }
    }
}

/// <summary>What the server answered, as bytes, as text and as a document to look things up in.</summary>
public sealed class PageAnswer(Uri address, HttpStatusCode status, HttpResponseHeaders headers, HttpContentHeaders contentHeaders, byte[] content)
{
    private IHtmlDocument? document;

    public Uri Address => address;
    public HttpStatusCode Status => status;
    public HttpResponseHeaders Headers => headers;
    public HttpContentHeaders ContentHeaders => contentHeaders;
    public byte[] Content => content;

    /// <summary>Where a redirect points; null when this is none.</summary>
    public Uri? Location => headers.Location is { } location && (int)status is >= 300 and < 400 ? new Uri(address, location) : null;

    public string Html { get; } = System.Text.Encoding.UTF8.GetString(content);

    public IHtmlDocument Document => document ??= new HtmlParser().ParseDocument(Html);

    /// <summary>The words on the page, as a reader reads them: one space between, none around.</summary>
    public string Text => Words((Document.QuerySelector("main") ?? Document.Body!).TextContent);

    /// <summary>The page's heading.</summary>
    public string Heading => Words(Document.QuerySelector("h1")?.TextContent ?? "");

    /// <summary>The words of everything that a CSS selector finds.</summary>
    public IReadOnlyList<string> All(string selector) => [.. Document.QuerySelectorAll(selector).Select(element => Words(element.TextContent))];

    /// <summary>The rows of tables, each cell as the eye sees it, with a space between them.</summary>
    public IReadOnlyList<string> Rows(string selector) => [.. Document.QuerySelectorAll(selector).Select(row => Words(string.Join(' ', row.Children.Select(cell =>
    {
        var seen = (IElement)cell.Clone();
        foreach (var hidden in seen.QuerySelectorAll(".govuk-visually-hidden")) hidden.Remove();
        return seen.TextContent;
    }))))];

    /// <summary>The messages of GOV.UK's error summary.</summary>
    public IReadOnlyList<string> Errors => All(".govuk-error-summary__list li");

    /// <summary>Where the link with these words leads.</summary>
    public string Link(string text)
    {
        var link = Document.QuerySelectorAll("a[href]").FirstOrDefault(candidate => Words(candidate.TextContent) == text);
        link.ShouldNotBeNull($"no link '{text}' on {address}");
        return link.GetAttribute("href")!;
    }

    internal IElement Form(string? selector)
    {
        var forms = Document.QuerySelectorAll(selector ?? "main form").ToList();
        if (forms.Count == 0 && selector is null) forms = [.. Document.QuerySelectorAll("form")];
        forms.Count.ShouldBe(1, $"forms '{selector ?? "main form"}' on {address} ({(int)status}): {string.Join(", ", forms.Select(form => form.GetAttribute("action")))}");
        return forms[0];
    }

    internal static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

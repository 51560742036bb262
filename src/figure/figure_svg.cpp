#include "figure/figure_svg.hpp"

#include <charconv>
#include <cmath>

#include "figure/palette.hpp"

namespace topline {

namespace {

// At most two decimals, no trailing zeros, no "-0".
std::string coordinate(double value) {
  const double rounded = std::round(value * 100) / 100;
  char text[32];
  const auto [end, error] = std::to_chars(text, text + sizeof text, rounded == 0 ? 0.0 : rounded,
                                          std::chars_format::fixed, 2);
  std::string shown(text, end);
  while (shown.back() == '0')
    shown.pop_back();
  if (shown.back() == '.')
    shown.pop_back();
  return shown;
}

// Text and attribute values; characters that XML does not allow are left out.
std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t')
      out += c;
  }
  return out;
}

class SvgWriter {
 public:
  SvgWriter(const FigureModel& model, const FigureLayout& layout, FaceSet& faces)
      : model_(model), layout_(layout), faces_(faces) {
    prefix_ = model.id + "-" + coordinate(layout.width);
  }

  std::string write() {
    open();
    for (const PlacedShape& shape : layout_.shapes)
      write_shape(shape);
    for (const PlacedText& text : layout_.texts)
      write_text(text);
    out_ += "</svg>\n";
    return std::move(out_);
  }

 private:
  void attribute(const char* name, const std::string& value) {
    out_.append(" ").append(name).append("=\"").append(escaped(value)).append("\"");
  }

  void open() {
    const std::string width = coordinate(layout_.width);
    const std::string height = coordinate(layout_.height);
    out_ += "<svg";
    attribute("xmlns", "http://www.w3.org/2000/svg");
    attribute("class", "tl-fig");
    attribute("width", width);
    attribute("height", height);
    attribute("viewBox", "0 0 " + width + " " + height);
    attribute("role", "img");
    attribute("aria-labelledby", prefix_ + "-title " + prefix_ + "-desc");
    attribute("lang", model_.language.tag());
    attribute("xml:lang", model_.language.tag());
    if (layout_.right_to_left)
      attribute("direction", "rtl");
    attribute("font-family", faces_.css_family());
    attribute("text-rendering", "geometricPrecision");
    out_ += ">\n<title id=\"" + escaped(prefix_) + "-title\">" + escaped(model_.title) +
            "</title>\n<desc id=\"" + escaped(prefix_) + "-desc\">";
    out_ += escaped(model_.description.empty() ? describe_figure(model_) : model_.description);
    out_ += "</desc>\n";
    for (const PlacedShape& shape : layout_.shapes)
      if (shape.hatched) {
        write_hatch_pattern();
        break;
      }
  }

  void write_hatch_pattern() {
    out_ += "<defs><pattern id=\"" + escaped(prefix_) +
            "-hatch\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" "
            "patternTransform=\"rotate(45)\"><path class=\"tl-hatch\" d=\"M0 0V5\" "
            "stroke=\"#ffffff\" stroke-width=\"4\"/></pattern></defs>\n";
  }

  void write_box(const Box& box) {
    attribute("x", coordinate(box.x));
    attribute("y", coordinate(box.y));
    attribute("width", coordinate(box.width));
    attribute("height", coordinate(box.height));
  }

  void write_shape(const PlacedShape& shape) {
    if (shape.kind == ShapeKind::dot) {
      out_ += "<circle";
      attribute("cx", coordinate(shape.box.x + shape.box.width / 2));
      attribute("cy", coordinate(shape.box.y + shape.box.height / 2));
      attribute("r", coordinate(shape.box.width / 2));
      write_fill(shape);
      out_ += "/>\n";
      return;
    }
    out_ += "<rect";
    // The outline of don't know is drawn inside its box.
    const bool outlined = shape.paint.tone == Tone::faint && shape.box.width > 2;
    const Box box = outlined ? Box{shape.box.x + 0.5, shape.box.y + 0.5, shape.box.width - 1,
                                   shape.box.height - 1}
                             : shape.box;
    write_box(box);
    write_fill(shape);
    if (outlined)
      attribute("stroke", fill_colour({Tone::quiet}, Theme::light));
    if (shape.hint.empty())
      out_ += "/>\n";
    else
      out_ += "><title>" + escaped(shape.hint) + "</title></rect>\n";
    if (shape.hatched) {
      out_ += "<rect";
      write_box(shape.box);
      out_ += " fill=\"url(#" + escaped(prefix_) + "-hatch)\" fill-opacity=\"0.55\"/>\n";
    }
  }

  void write_fill(const PlacedShape& shape) {
    const bool whisker = shape.kind == ShapeKind::whisker;
    attribute("class", "tl-" + tone_name(shape.paint) + (whisker ? " tl-halo" : ""));
    attribute("fill", fill_colour(shape.paint, Theme::light));
    if (whisker)  // a halo keeps it visible on its bar
      out_ += " stroke=\"#ffffff\" stroke-opacity=\"0.7\" paint-order=\"stroke\"";
    if (shape.paint.opacity < 1)
      attribute("fill-opacity", coordinate(shape.paint.opacity));
  }

  void write_text(const PlacedText& text) {
    const bool inside = text.inside >= 0;
    const Paint& paint =
        inside ? layout_.shapes[static_cast<size_t>(text.inside)].paint : text.paint;
    const bool on_fill = inside && paint.tone != Tone::tint;
    out_ += "<text";
    attribute("x", coordinate(anchor_x(text)));
    attribute("y", coordinate(text.box.y + 0.95 * text.size));
    attribute("font-size", coordinate(text.size));
    if (text.weight == Weight::bold)
      attribute("font-weight", "700");
    if (text.anchor != PlacedText::Anchor::start)
      attribute("text-anchor", text.anchor == PlacedText::Anchor::middle ? "middle" : "end");
    if (on_fill) {
      attribute("class", "tl-on-" + tone_name(paint));
      attribute("fill", colour_on(paint, Theme::light));
    } else {
      const Paint& own = inside ? Paint{Tone::text} : text.paint;
      attribute("class", "tl-" + tone_name(own));
      attribute("fill", fill_colour(own, Theme::light));
    }
    out_ += ">" + escaped(text.text) + "</text>\n";
    faces_.use(text.text, text.weight);
  }

  // In right-to-left text the start is the right edge.
  [[nodiscard]] double anchor_x(const PlacedText& text) const {
    if (text.anchor == PlacedText::Anchor::middle)
      return text.box.x + text.box.width / 2;
    const bool at_left = (text.anchor == PlacedText::Anchor::start) != layout_.right_to_left;
    return at_left ? text.box.x : text.box.right();
  }

  const FigureModel& model_;
  const FigureLayout& layout_;
  FaceSet& faces_;
  std::string prefix_;
  std::string out_;
};

}  // namespace

std::string to_svg(const FigureModel& model, FaceSet& faces, const FigureStyle& style) {
  const FigureLayout layout = figure_layout(model, faces, style);
  return SvgWriter(model, layout, faces).write();
}

}  // namespace topline

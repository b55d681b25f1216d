-- Sections to go on editing in Word: each heading bears the section's hidden bookmark, each footnote, fackord, table and
-- figure what is needed to find it again.
local next_id = 900000

local function escaped(text)
  return (text:gsub("&", "&amp;"):gsub("<", "&lt;"):gsub(">", "&gt;"):gsub('"', "&quot;"))
end

local function bookmark(name)
  next_id = next_id + 1
  return pandoc.RawInline("openxml",
    string.format('<w:bookmarkStart w:id="%d" w:name="%s"/>', next_id, escaped(name))),
    pandoc.RawInline("openxml", string.format('<w:bookmarkEnd w:id="%d"/>', next_id))
end

local function wrapped(inlines, name)
  local start, stop = bookmark(name)
  inlines:insert(1, start)
  inlines:insert(stop)
  return inlines
end

function Span(span)
  if span.classes:includes("fotnot") then
    return pandoc.Note({ pandoc.Para(span.content) })
  end
  if span.classes:includes("fackord") then
    local start = string.format('<w:hyperlink w:anchor="_sfbv_ord" w:tooltip="%s">', escaped(span.attributes.title or ""))
    return {
      pandoc.RawInline("openxml", start),
      pandoc.Span(span.content, { ["custom-style"] = "Fackord" }),
      pandoc.RawInline("openxml", "</w:hyperlink>"),
    }
  end
end

function Header(header)
  if header.attributes.marke then
    header.content = wrapped(wrapped(header.content, header.identifier), header.attributes.marke)
  end
  header.identifier, header.attributes = "", {}
  return header
end

-- A paragraph of its own inside an item of a list would leave the list: it stands after an empty line instead.
local function item(blocks)
  local kept = pandoc.List {}
  for _, block in ipairs(blocks) do
    local last = kept[#kept]
    if block.t == "Para" and last and last.t == "Para" then
      last.content:extend { pandoc.LineBreak(), pandoc.LineBreak() }
      last.content:extend(block.content)
    else
      kept:insert(block)
    end
  end
  return kept
end

local function list(found)
  found.content = found.content:map(item)
  return found
end

BulletList, OrderedList = list, list

local function first_inlines(blocks)
  for _, block in ipairs(blocks) do
    if block.t == "Plain" or block.t == "Para" then
      return block.content
    end
  end
end

function Table(tbl)
  if tbl.identifier ~= "" then
    local words = first_inlines(tbl.caption.long)
    if not words then
      local row = tbl.head.rows[1] or tbl.bodies[1].body[1]
      words = row and row.cells[1] and first_inlines(row.cells[1].contents)
    end
    if words then
      wrapped(words, tbl.identifier)
    end
  end
  tbl.identifier = ""
  if tbl.bodies[1] and tbl.bodies[1].row_head_columns > 0 then
    tbl.attributes["custom-style"] = "Radrubriker"
  end
  return tbl
end

function Figure(figure)
  if figure.identifier ~= "" then
    local words = first_inlines(figure.caption.long) or first_inlines(figure.content)
    if words then
      wrapped(words, figure.identifier)
    end
  end
  figure.identifier = ""
  return figure
end

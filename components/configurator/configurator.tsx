'use client'

import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { differences, presetConfig } from '../../lib/config/index.ts'
import { firstPreview } from '../engine/preview.ts'
import { linesOf } from '../engine/lines.ts'
import type { Reading, Summary } from '../engine/protocol.ts'
import { useEngine } from '../engine/use-engine.ts'
import { changesOf, type Place } from '../files/changes.ts'
import { checklistTab } from '../files/view.ts'
import { groupOf, mostTelling } from '../files/groups.ts'
import { FilesSlot } from '../files/files-slot.tsx'
import { Form } from '../form/form.tsx'
import { pageAt } from '../form/outline.ts'
import { Rail, SectionSelect } from '../rail/rail.tsx'
import { useSealTool } from '../secrets/seal-tool.tsx'
import { later, useLoadLater } from '../ui/later.ts'
import { Announcer, problemsSpoken, spokenEffect } from './announcer.tsx'
import { focusNextPane } from './focus-pane.ts'
import { Header } from './header.tsx'
import type { Notice } from './notice.tsx'
import { PhoneBar, PhoneTabs } from './phone-bar.tsx'
import { PresetMenu } from './preset-menu.tsx'
import { SkipLinks } from './skip-links.tsx'
import { StatusLine } from './status-line.tsx'
import { byPath, countsOf, talliesOf } from './tallies.ts'
import { useAddress } from './use-address.ts'
import { useConfig } from './use-config.ts'
import { useDrop } from './use-drop.ts'
import { useFilesView } from './use-files-view.ts'
import { useKeys } from './use-keys.ts'
import { usePlace } from './use-place.ts'
import { useTransfer } from './use-transfer.ts'

const NoticeBar = later(() => import('./notice.tsx'))
const Palette = later(() => import('../rail/palette.tsx'))
const OpenDialog = later(() => import('./open-dialog.tsx'))
const HelpDialog = later(() => import('./help-dialog.tsx'))
const Problems = later(() => import('../findings/problems.tsx'))
const Checklist = later(() => import('../findings/checklist.tsx'))
const WhyCard = later(() => import('../files/why-card.tsx'))

interface ConfiguratorProps {
  /** The rendering of the defaults, made at build time, with the one file that is shown first. */
  readonly summary: Summary
  readonly open: { readonly path: string; readonly text: string }
}

/** The screen: form, files and findings of one configuration. */
export function Configurator({ summary, open }: ConfiguratorProps) {
  const { history, actions } = useConfig()
  const { config, edit, step } = history
  const first = useMemo(() => firstPreview(summary, open), [summary, open])
  const { preview, engine, failure } = useEngine(config, step, first)
  const files = useFilesView(open.path)
  useLoadLater()

  const [dialog, setDialog] = useState<'search' | 'open' | 'help'>()
  const [notice, setNotice] = useState<Notice>()
  const [problemsOpen, setProblemsOpen] = useState(false)
  const [pane, setPane] = useState<'settings' | 'files'>('settings')
  const [asked, setAsked] = useState<Place>()

  const toSettings = useCallback(() => setPane('settings'), [])
  const place = usePlace(toSettings)
  const { goTo, setPage } = place

  const latest = useRef(config)
  useEffect(() => {
    latest.current = config
  })
  const onTaken = useCallback(
    ({ config: taken, notes }: Reading, source: string) => {
      actions.replace(taken, source)
      setNotice({
        kind: notes.length > 0 ? 'problem' : 'news',
        title: `Opened ${source}${notes.length > 0 ? ', with some left out:' : '.'}`,
        lines: notes,
      })
    },
    [actions],
  )
  const transfer = useTransfer(engine, latest, onTaken, setNotice)
  useAddress(engine, preview.link, step > 0 && preview.step === step, (reading, atStart) => {
    if (reading.failed !== undefined)
      return setNotice({
        kind: 'problem',
        title: 'The link could not be read.',
        lines: [reading.failed, 'You see the defaults.'],
      })
    if (reading.notes.length > 0)
      setNotice({
        kind: 'problem',
        title: 'The link was read, with some left out:',
        lines: reading.notes,
      })
    if (atStart) actions.load(reading.config)
    else actions.replace(reading.config, 'the link')
  })
  const hovering = useDrop(async (file) => {
    const wrong = await transfer.open(file)
    if (wrong !== undefined)
      setNotice({ kind: 'problem', title: `${file.name} could not be opened.`, lines: [wrong] })
  })

  const base = useMemo(() => presetConfig(history.preset), [history.preset])
  const changed = useMemo(() => new Set<string>(differences(base, config)), [base, config])
  const findings = useMemo(() => byPath(preview.findings), [preview.findings])
  const tallies = useMemo(() => talliesOf(config, changed, findings), [config, changed, findings])
  const { errors, warnings, notes: infos, met } = useMemo(() => countsOf(preview), [preview])
  const page = pageAt(place.page)

  const { onView, view } = files
  const showChange = useCallback(() => {
    const path = view.path in preview.marks ? view.path : mostTelling(Object.keys(preview.marks))
    const [to] = path === undefined ? [] : changesOf([path], preview.marks)
    if (!to) return
    setPane('files')
    onView({ tab: groupOf(to.path).id, path: to.path, line: to.line, asked: view.asked + 1 })
  }, [preview.marks, onView, view])
  const openChecklist = useCallback(() => {
    setPane('files')
    onView({ tab: checklistTab })
  }, [onView])
  const toggleProblems = useCallback(() => setProblemsOpen((before) => !before), [])
  const search = useCallback(() => setDialog('search'), [])
  const openDialog = useCallback(() => setDialog('open'), [])
  const help = useCallback(() => setDialog('help'), [])
  const close = useCallback(() => setDialog(undefined), [])
  const ask = useCallback(
    ({ path, line }: Place, text: string) =>
      engine().then((ready) => ready.why(latest.current, path, text, line)),
    [engine],
  )

  const problemAt = useRef(-1)
  useKeys({
    search,
    help,
    download: transfer.download,
    share: transfer.share,
    undo: actions.undo,
    redo: actions.redo,
    nextPane: (by) => focusNextPane(by, problemsOpen),
    nextProblem: (by) => {
      const { length } = preview.findings
      if (length === 0) return
      problemAt.current = (problemAt.current + by + length) % length
      goTo((preview.findings[problemAt.current] as (typeof preview.findings)[number]).path)
    },
  })

  const line = asked && linesOf(preview.texts.get(asked.path) ?? '')[asked.line - 1]
  const notes = useMemo(
    () => (
      <>
        {asked && line !== undefined && (
          <Suspense>
            <WhyCard
              place={asked}
              text={line}
              ask={ask}
              onGoTo={goTo}
              onClose={() => setAsked(undefined)}
            />
          </Suspense>
        )}
      </>
    ),
    [asked, line, ask, goTo],
  )
  const checklist = useMemo(
    () => (
      <Suspense>
        <Checklist demands={preview.demands} findings={preview.findings} onGoTo={goTo} />
      </Suspense>
    ),
    [preview.demands, preview.findings, goTo],
  )
  const { wrap, onWrap } = files
  const filesPane = useMemo(
    () => (
      <FilesSlot
        preview={preview}
        view={view}
        wrap={wrap}
        shown={pane === 'files'}
        onView={onView}
        onWrap={onWrap}
        onWhy={setAsked}
        checklist={checklist}
        notes={notes}
      />
    ),
    [preview, view, wrap, pane, onView, onWrap, checklist, notes],
  )
  const presetMenu = useMemo(
    () => (
      <PresetMenu
        preset={history.preset}
        changes={changed.size}
        config={config}
        onChoose={actions.choosePreset}
      />
    ),
    [history.preset, config, changed, actions],
  )

  const sealTool = useSealTool(preview.sealing, page.id, engine, latest)
  const rail = { page: place.page, tallies, onPage: setPage, onSearch: search }
  const effect = preview.step === step ? preview.effect : undefined
  return (
    <div className="app" data-pane={pane} data-alive={preview.link === '' ? undefined : ''}>
      <SkipLinks />
      <Header
        presetMenu={presetMenu}
        undoLabel={history.past.length > 0 ? (edit?.label ?? 'the last change') : undefined}
        redoLabel={
          history.future.length > 0
            ? (history.future[0]?.edit?.label ?? 'the last change')
            : undefined
        }
        shared={transfer.shared}
        onUndo={actions.undo}
        onRedo={actions.redo}
        onOpen={openDialog}
        onShare={transfer.share}
        onDownload={transfer.download}
        onHelp={help}
      />
      <PhoneTabs pane={pane} changed={Object.keys(preview.marks).length} onPane={setPane} />
      <div className="notices" role="status">
        <Suspense>
          {failure !== undefined && (
            <NoticeBar
              notice={{ kind: 'problem', title: failure }}
              onClose={() => location.reload()}
            />
          )}
          {notice && <NoticeBar notice={notice} onClose={() => setNotice(undefined)} />}
        </Suspense>
      </div>
      <main className="panes">
        <Rail {...rail} />
        <section className="settings" aria-label="Settings" id="settings" tabIndex={-1}>
          <SectionSelect {...rail} />
          <Form
            page={page}
            config={config}
            base={base}
            changed={changed}
            findings={findings}
            secrets={preview.secrets}
            edited={edit?.path && effect ? { path: edit.path, effect } : undefined}
            actions={actions}
            openAdvanced={place.unfolded.has(page.id)}
            onToggleAdvanced={(unfolded) => place.unfold(page.id, unfolded)}
            onShowChange={showChange}
            onGoTo={goTo}
            onPage={setPage}
            tool={sealTool}
          />
        </section>
        {filesPane}
      </main>
      <section className="problems-dock" aria-label="Problems" id="problems" tabIndex={-1}>
        <p className="sr">{problemsSpoken(errors, warnings)}</p>
        {problemsOpen && (
          <Suspense>
            <Problems
              findings={preview.findings}
              apply={actions.apply}
              onGoTo={goTo}
              onClose={toggleProblems}
            />
          </Suspense>
        )}
      </section>
      <StatusLine
        effect={preview.effect}
        label={edit?.label}
        errors={errors}
        warnings={warnings}
        notes={infos}
        met={met}
        demands={preview.demands.length}
        problemsOpen={problemsOpen}
        onProblems={toggleProblems}
        onChecklist={openChecklist}
      />
      <PhoneBar
        problems={errors + warnings}
        errors={errors}
        shared={transfer.shared}
        problemsOpen={problemsOpen}
        onProblems={toggleProblems}
        onShare={transfer.share}
        onDownload={transfer.download}
      />
      <Announcer text={spokenEffect(effect, edit?.label)} share={transfer.shared} />
      {hovering && <div className="drop-veil">Drop deploy.config.yaml or a bundle to open it</div>}
      <Suspense>
        {dialog === 'search' && <Palette config={config} onChoose={goTo} onClose={close} />}
        {dialog === 'open' && <OpenDialog onTake={transfer.open} onClose={close} />}
        {dialog === 'help' && <HelpDialog onClose={close} />}
      </Suspense>
    </div>
  )
}
